// node sign.mjs KEY CHAIN FROM TO: signs all files of a folder with an ES256 key.
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { sign } from './witness.mjs';

const RESERVED = 2048;
const [keyFile, chainFile, from, to] = process.argv.slice(2);
const key = crypto.createPrivateKey(fs.readFileSync(keyFile));
const chain = fs.readFileSync(chainFile, 'utf8').match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g)
  .map((pem) => new crypto.X509Certificate(pem).raw);

/** CBOR of bytes (major type 2), of which there are at most 65,535. */
function cborBytes(bytes) {
  const head = bytes.length < 24 ? [0x40 | bytes.length] : bytes.length < 256 ? [0x58, bytes.length] : [0x59, bytes.length >> 8, bytes.length & 0xff];
  return Buffer.concat([Buffer.from(head), bytes]);
}

/** CBOR of a short text (major type 3). */
function cborText(text) {
  return Buffer.concat([Buffer.from([0x60 | text.length]), Buffer.from(text)]);
}

// The protected header: 1 (algorithm) is -7 (ES256); 33 (x5chain) is the chain, the signer first.
const header = cborBytes(Buffer.concat([Buffer.from([0xa2, 0x01, 0x26, 0x18, 33, 0x80 | chain.length]), ...chain.map(cborBytes)]));

/** COSE_Sign1 (RFC 9052) with a detached payload, padded to the bytes that were reserved. */
function coseSign1(claim) {
  const structure = Buffer.concat([Buffer.from([0x84]), cborText('Signature1'), header, cborBytes(Buffer.alloc(0)), cborBytes(claim)]);
  const signature = cborBytes(crypto.sign('sha256', structure, { key, dsaEncoding: 'ieee-p1363' }));
  const pad = (length) => Buffer.concat([Buffer.from([0xa1]), cborText('pad'), cborBytes(Buffer.alloc(length))]);
  const whole = (length) => Buffer.concat([Buffer.from([0xd2, 0x84]), header, pad(length), Buffer.from([0xf6]), signature]);
  const missing = RESERVED - whole(256).length;
  return whole(256 + missing);
}

const signer = { reserveSize: RESERVED, alg: 'es256', sign: async (claim) => new Uint8Array(coseSign1(Buffer.from(claim))) };
for (const name of fs.readdirSync(from).filter((file) => /^(picture|animation|sound|video|drawing)\./.test(file))) {
  const manifest = {
    title: name,
    claim_generator_info: [{ name: 'Touchstone tests', version: '1' }],
    assertions: [{
      label: 'c2pa.actions.v2',
      data: { actions: [{ action: 'c2pa.created', digitalSourceType: 'http://cv.iptc.org/newscodes/digitalsourcetype/digitalCreation' }] },
    }],
  };
  fs.writeFileSync(path.join(to, name), await sign(name, fs.readFileSync(path.join(from, name)), signer, manifest));
}
