// node mutate.mjs FOLDER: what c2pa-rs finds in copies of files in which one byte is changed. Half of the places are drawn from the last bytes before the end
// of the manifest store, where the credentials lie; the others from the whole file. The draw is the same each time.
import fs from 'node:fs';
import path from 'node:path';
import { read } from './witness.mjs';

const COPIES = 36;
const folder = process.argv[2];
let seed = 20260501;

/** A number from 0 to below the bound (a linear congruential generator with the constants of Numerical Recipes). */
function draw(bound) {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return Math.floor((seed / 2 ** 32) * bound);
}

console.log(['file', 'position', 'xor', 'state', 'failures'].join('\t'));
for (const name of fs.readdirSync(folder).filter((file) => /^(picture|animation|sound|video|drawing)\./.test(file)).sort()) {
  const bytes = fs.readFileSync(path.join(folder, name));
  const claim = Math.max(0, bytes.indexOf('c2pa'));
  for (let i = 0; i < COPIES; i++) {
    const position = i % 2 === 0 ? Math.min(bytes.length - 1, claim + draw(6000)) : draw(bytes.length);
    const xor = 1 << draw(8);
    const copy = Buffer.from(bytes);
    copy[position] ^= xor;
    const { state, failures } = await read(name, copy);
    console.log([name, position, xor, state, failures.join(',')].join('\t'));
  }
}
