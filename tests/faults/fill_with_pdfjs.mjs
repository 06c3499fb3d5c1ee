// Fills a form as Firefox does. Arguments: the blank form, the values as JSON, the file to write.
import { readFile, writeFile } from "node:fs/promises";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";

const [blank, values, filled] = process.argv.slice(2);
const wanted = JSON.parse(await readFile(values, "utf8"));
const data = new Uint8Array(await readFile(blank));
const form = await getDocument({ data, verbosity: 0 }).promise;
for (const [name, fields] of Object.entries(await form.getFieldObjects())) {
  if (!(name in wanted)) continue;
  for (const { id, type, exportValues } of fields) {
    if (!id) continue; // what holds the radio buttons together
    let value = wanted[name];
    if (type === "checkbox" || type === "radiobutton") value = exportValues === value;
    form.annotationStorage.setValue(id, { value });
  }
}
await writeFile(filled, await form.saveDocument());
