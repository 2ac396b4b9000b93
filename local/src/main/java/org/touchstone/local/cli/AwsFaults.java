package org.touchstone.local.cli;

import software.amazon.awssdk.core.exception.SdkException;

/** What to do about an error of AWS' SDK, which would list all places in which it looked. */
final class AwsFaults {
  private AwsFaults() {}

  static String reason(SdkException e) {
    String message = String.valueOf(e.getMessage());
    if (message.startsWith("Unable to load region")) {
      return "No AWS region is set. Set AWS_REGION, or run: aws configure";
    }
    if (message.startsWith("Unable to load credentials")) {
      return "There are no AWS credentials. Run: aws configure, or aws sso login";
    }
    return "The bucket cannot be read or written: " + message;
  }
}
