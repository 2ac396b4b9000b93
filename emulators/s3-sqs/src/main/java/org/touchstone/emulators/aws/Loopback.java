package org.touchstone.emulators.aws;

import java.net.URI;
import java.security.SecureRandom;
import java.util.HexFormat;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;

/** Parts that the embedded servers share. */
final class Loopback {
  static final String ADDRESS = "127.0.0.1";

  private static final int SECRET_BYTES = 20;

  private Loopback() {}

  static URI uri(int port) {
    return URI.create("http://" + ADDRESS + ":" + port);
  }

  /** Credentials nobody else on this machine knows. */
  static AwsBasicCredentials randomCredentials() {
    byte[] secret = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(secret);
    return AwsBasicCredentials.create("touchstone", HexFormat.of().formatHex(secret));
  }
}
