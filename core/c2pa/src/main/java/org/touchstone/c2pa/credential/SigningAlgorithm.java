package org.touchstone.c2pa.credential;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Optional;

/** The signature algorithms of the specification (section 13.2) by their numbers in COSE. */
public enum SigningAlgorithm {
  ES256(-7, "SHA256withECDSAinP1363Format", null),
  ES384(-35, "SHA384withECDSAinP1363Format", null),
  ES512(-36, "SHA512withECDSAinP1363Format", null),
  PS256(-37, "RSASSA-PSS", pss("SHA-256", MGF1ParameterSpec.SHA256, 32)),
  PS384(-38, "RSASSA-PSS", pss("SHA-384", MGF1ParameterSpec.SHA384, 48)),
  PS512(-39, "RSASSA-PSS", pss("SHA-512", MGF1ParameterSpec.SHA512, 64)),
  ED25519(-8, "Ed25519", null);

  /** The number that RFC 9864 gives to Ed25519 alone; the one of EdDSA is older. */
  private static final int FULLY_SPECIFIED_ED25519 = -19;

  private final int number;
  private final String jdkName;
  private final AlgorithmParameterSpec parameters;

  SigningAlgorithm(int number, String jdkName, AlgorithmParameterSpec parameters) {
    this.number = number;
    this.jdkName = jdkName;
    this.parameters = parameters;
  }

  private static PSSParameterSpec pss(String digest, MGF1ParameterSpec mask, int salt) {
    return new PSSParameterSpec(digest, "MGF1", mask, salt, PSSParameterSpec.TRAILER_FIELD_BC);
  }

  /** The algorithm of that number; empty when it is none of the specification's. */
  static Optional<SigningAlgorithm> of(int number) {
    return number == FULLY_SPECIFIED_ED25519
        ? Optional.of(ED25519)
        : Arrays.stream(values()).filter(algorithm -> algorithm.number == number).findFirst();
  }

  /** Whether a signature of some bytes was made with the private key of a public one. */
  boolean verifies(PublicKey key, byte[] signed, byte[] signature) {
    try {
      Signature verifier = Signature.getInstance(jdkName);
      if (parameters != null) {
        verifier.setParameter(parameters);
      }
      verifier.initVerify(key);
      verifier.update(signed);
      return verifier.verify(signature);
    } catch (GeneralSecurityException | RuntimeException e) {
      // A key of another kind, or a signature of another form: it is not verified by this key.
      return false;
    }
  }
}
