package org.touchstone.infra.functions;

import org.touchstone.infra.config.DeploymentConfig.FunctionsConfig;
import software.amazon.awscdk.services.ecr.assets.Platform;
import software.amazon.awscdk.services.lambda.Architecture;

/** The processors of functions, in the words of Lambda and of container images. */
public final class Architectures {
  private Architectures() {}

  /** Lambda's name. */
  public static Architecture of(FunctionsConfig functions) {
    return switch (functions.architecture()) {
      case ARM64 -> Architecture.ARM_64;
      case X86_64 -> Architecture.X86_64;
    };
  }

  /** The platform of an image for it. */
  public static Platform platformOf(FunctionsConfig functions) {
    return switch (functions.architecture()) {
      case ARM64 -> Platform.LINUX_ARM64;
      case X86_64 -> Platform.LINUX_AMD64;
    };
  }
}
