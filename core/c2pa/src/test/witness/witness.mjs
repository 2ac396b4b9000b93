// c2pa-rs as WebAssembly, in Node. It expects a browser's Blob that can be read at once.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

export class Bytes extends Blob {
  constructor(bytes, options) {
    super([bytes], options);
    this.content = bytes;
  }

  slice(from, to, type) {
    return new Bytes(this.content.subarray(from, to), { type });
  }
}

globalThis.FileReaderSync = class {
  readAsArrayBuffer(blob) {
    return Uint8Array.from(blob.content).buffer;
  }
};

const require = createRequire(path.join(process.cwd(), 'witness.mjs'));
const folder = path.dirname(require.resolve('@contentauth/c2pa-wasm/package.json'));
const library = await import(path.join(folder, 'pkg', 'c2pa.js'));
await library.default({ module_or_path: fs.readFileSync(path.join(folder, 'pkg', 'c2pa_bg.wasm')) });

const TYPES = {
  jpg: 'image/jpeg', png: 'image/png', webp: 'image/webp', gif: 'image/gif', tiff: 'image/tiff', heic: 'image/heic', avif: 'image/avif',
  jxl: 'image/jxl', svg: 'image/svg+xml', wav: 'audio/wav', mp3: 'audio/mpeg', flac: 'audio/flac', m4a: 'audio/mp4', mp4: 'video/mp4',
};

function blob(name, bytes) {
  return new Bytes(bytes, { type: TYPES[name.split('.').pop()] });
}

/** The state and the failures that c2pa-rs finds, without trust anchors; ERROR when it refuses the file. */
export async function read(name, bytes) {
  const asset = blob(name, bytes);
  try {
    const result = JSON.parse((await library.WasmReader.fromBlob(asset.type, asset)).json());
    const failures = [...new Set((result.validation_status ?? []).map((status) => status.code))].sort();
    return { state: result.validation_state.toUpperCase(), failures };
  } catch (error) {
    return { state: /no claim|jumbfnotfound/i.test(String(error)) ? 'NONE' : 'ERROR', failures: [] };
  }
}

/** The file with credentials. */
export async function sign(name, bytes, signer, manifest) {
  const asset = blob(name, bytes);
  return library.WasmBuilder.fromJson(JSON.stringify(manifest)).sign(signer, [], asset.type, asset);
}
