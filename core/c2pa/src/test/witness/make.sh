#!/usr/bin/env bash
# Signs small files of this project with a new test authority, and writes what c2pa-rs finds in changed copies.
set -euo pipefail
cd "$(dirname "$0")"
samples=../../../../../testing/src/main/resources/org/touchstone/testing/media/samples
out=../resources/org/touchstone/c2pa/witness
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$out"

openssl ecparam -name prime256v1 -genkey -noout -out "$work/ca.key"
openssl req -x509 -new -key "$work/ca.key" -sha256 -days 36500 -subj "/O=Touchstone tests/CN=Witness authority" \
  -addext "basicConstraints=critical,CA:TRUE" -addext "keyUsage=critical,keyCertSign,cRLSign" -out "$out/authority.pem"
openssl ecparam -name prime256v1 -genkey -noout | openssl pkcs8 -topk8 -nocrypt -out "$work/signer.key"
openssl req -new -key "$work/signer.key" -subj "/O=Touchstone tests/CN=Witness signer" -out "$work/signer.csr"
printf '%s\n' 'basicConstraints=critical,CA:FALSE' 'keyUsage=critical,digitalSignature' \
  'extendedKeyUsage=critical,emailProtection' 'subjectKeyIdentifier=hash' 'authorityKeyIdentifier=keyid' > "$work/profile"
openssl x509 -req -in "$work/signer.csr" -CA "$out/authority.pem" -CAkey "$work/ca.key" -set_serial 1 \
  -days 36499 -sha256 -extfile "$work/profile" -out "$work/signer.pem"
cat "$work/signer.pem" "$out/authority.pem" > "$work/chain.pem"

for name in picture.jpg picture.png picture.webp animation.gif picture.tiff picture.heic picture.avif \
  sound.wav sound.mp3 sound.flac sound.m4a video.mp4; do
  cp "$samples/$name" "$work/$name"
done
ffmpeg -v error -i "$work/picture.png" "$work/codestream.jxl"
# The container around the codestream: its signature, its type, and a box to the end of the file.
{ printf '\x00\x00\x00\x0cJXL \x0d\x0a\x87\x0a\x00\x00\x00\x14ftypjxl \x00\x00\x00\x00jxl \x00\x00\x00\x00jxlc'; cat "$work/codestream.jxl"; } > "$work/picture.jxl"
printf '%s\n' '<?xml version="1.0"?>' '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8">' \
  '  <!-- <metadata> -->' '  <rect width="8" height="8" fill="#246"/>' '</svg>' > "$work/drawing.svg"
node sign.mjs "$work/signer.key" "$work/chain.pem" "$work" "$out"
node mutate.mjs "$out" > "$out/mutations.tsv"
