package org.touchstone.emulators.aws;

import java.net.URI;
import org.touchstone.emulators.access.AccessKey;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;

/** Parts that the embedded servers share. */
final class Loopback {
  static final String ADDRESS = "127.0.0.1";

  private Loopback() {}

  static URI uri(int port) {
    return URI.create("http://" + ADDRESS + ":" + port);
  }

  /** A key in the form that the SDK's clients accept. */
  static AwsBasicCredentials credentials(AccessKey key) {
    return AwsBasicCredentials.create(key.id(), key.secret());
  }
}
