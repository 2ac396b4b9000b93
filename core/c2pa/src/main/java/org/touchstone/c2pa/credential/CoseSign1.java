package org.touchstone.c2pa.credential;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.touchstone.c2pa.jumbf.Cbor;
import org.touchstone.c2pa.jumbf.JumbfException;

/** A signature in COSE's form with one signer (RFC 9052, section 4.2). */
final class CoseSign1 {
  private static final int PARTS = 4;
  private static final int MAX_CERTIFICATES = 20;
  private static final String ALGORITHM = "1";

  /** A chain of certificates, RFC 9360. */
  private static final String CHAIN = "33";

  /** The same by the name that was used before the RFC. */
  private static final String NAMED_CHAIN = "x5chain";

  private final byte[] protectedBytes;
  private final JsonNode protectedHeader;
  private final JsonNode unprotectedHeader;
  private final byte[] payload;
  private final byte[] signature;

  private CoseSign1(
      byte[] protectedBytes,
      JsonNode protectedHeader,
      JsonNode unprotectedHeader,
      byte[] payload,
      byte[] signature) {
    this.protectedBytes = protectedBytes;
    this.protectedHeader = protectedHeader;
    this.unprotectedHeader = unprotectedHeader;
    this.payload = payload;
    this.signature = signature;
  }

  /**
   * Reads a signature.
   *
   * @throws JumbfException when it has another form
   */
  static CoseSign1 read(ByteBuffer cbor) throws JumbfException {
    JsonNode parts = Cbor.read(cbor);
    if (!parts.isArray() || parts.size() != PARTS) {
      throw JumbfException.malformed("a signature is not a COSE_Sign1");
    }
    byte[] protectedBytes = Cbor.binary(parts.get(0));
    byte[] signature = Cbor.binary(parts.get(3));
    boolean isWhole =
        protectedBytes != null
            && parts.get(1).isObject()
            && (parts.get(2).isNull() || parts.get(2).isBinary())
            && signature != null;
    if (!isWhole) {
      throw JumbfException.malformed("a signature is not a COSE_Sign1");
    }
    JsonNode header = Cbor.read(ByteBuffer.wrap(protectedBytes));
    return new CoseSign1(
        protectedBytes, header, parts.get(1), Cbor.binary(parts.get(2)), signature);
  }

  Optional<SigningAlgorithm> algorithm() {
    JsonNode number = protectedHeader.path(ALGORITHM);
    return number.isInt() ? SigningAlgorithm.of(number.intValue()) : Optional.empty();
  }

  /**
   * The signer's certificate and those that lead from it to a root.
   *
   * @throws CertificateException when there is none, too many, or one that cannot be read
   */
  List<X509Certificate> chain() throws CertificateException {
    JsonNode chain = first(protectedHeader, unprotectedHeader);
    List<X509Certificate> certificates = new ArrayList<>();
    if (chain.isBinary()) {
      certificates.add(certificate(chain));
    } else if (chain.isArray() && chain.size() <= MAX_CERTIFICATES) {
      for (JsonNode one : chain) {
        certificates.add(certificate(one));
      }
    }
    if (certificates.isEmpty()) {
      throw new CertificateException("the signature has no certificates");
    }
    return certificates;
  }

  private static JsonNode first(JsonNode... headers) {
    for (JsonNode header : headers) {
      for (String name : List.of(CHAIN, NAMED_CHAIN)) {
        if (header.has(name)) {
          return header.get(name);
        }
      }
    }
    return headers[0].path(CHAIN);
  }

  private static X509Certificate certificate(JsonNode node) throws CertificateException {
    byte[] der = Cbor.binary(node);
    if (der == null) {
      throw new CertificateException("a certificate is not bytes");
    }
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
  }

  /** Whether the payload is left out, as it must be, or is the claim itself. */
  boolean isOver(byte[] claim) {
    return payload == null || Arrays.equals(payload, claim);
  }

  /** The bytes that are signed when a claim is. */
  byte[] signedBytes(byte[] claim) {
    return Cbor.sigStructure("Signature1", protectedBytes, new byte[0], claim);
  }

  byte[] signature() {
    return signature.clone();
  }

  /** A time stamp token, and the bytes it is to be over. */
  record Stamp(byte[] token, byte[] stamped) {}

  /**
   * The time stamp in the header. Its first version is over the claim, its second over the
   * signature.
   *
   * @throws JumbfException when there is something else in its place, or more than one
   */
  Optional<Stamp> stamp(byte[] claim) throws JumbfException {
    JsonNode second = unprotectedHeader.path("sigTst2");
    JsonNode container = second.isMissingNode() ? unprotectedHeader.path("sigTst") : second;
    if (container.isMissingNode()) {
      return Optional.empty();
    }
    JsonNode tokens = container.path("tstTokens");
    byte[] token = Cbor.binary(tokens.path(0).path("val"));
    if (token == null || tokens.size() != 1) {
      throw JumbfException.malformed("a time stamp is not one token");
    }
    byte[] over = second.isMissingNode() ? claim : Cbor.byteString(signature);
    return Optional.of(
        new Stamp(token, Cbor.sigStructure("CounterSignature", protectedBytes, new byte[0], over)));
  }

  /** The statuses of certificates that are enclosed (OCSP responses, DER). */
  List<byte[]> certificateStatuses() throws IOException {
    List<byte[]> found = new ArrayList<>();
    for (JsonNode status : unprotectedHeader.path("rVals").path("ocspVals")) {
      if (status.isBinary() && found.size() < MAX_CERTIFICATES) {
        found.add(status.binaryValue());
      }
    }
    return found;
  }
}
