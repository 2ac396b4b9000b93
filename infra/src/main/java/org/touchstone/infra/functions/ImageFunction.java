package org.touchstone.infra.functions;

import java.util.List;
import java.util.Map;
import org.touchstone.infra.artefacts.Artefacts;
import org.touchstone.infra.artefacts.EcrImage;
import org.touchstone.infra.config.DeploymentConfig;
import org.touchstone.infra.config.LogRetention;
import org.touchstone.infra.security.Suppressions;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Size;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.AssetImageCodeProps;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.EcrImageCodeProps;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.Handler;
import software.amazon.awscdk.services.lambda.LoggingFormat;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.Tracing;
import software.amazon.awscdk.services.lambda.VersionOptions;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/**
 * A function from the container image of the CPU lane, with its own role and log. Its consumers
 * call the alias {@code live}.
 */
public final class ImageFunction extends Construct {
  /** The module of the image. */
  public static final String MODULE = "gpu-containers/lambda";

  private final LogGroup log;
  private final Role role;
  private final Function function;
  private final Alias live;

  /**
   * What a function is.
   *
   * @param name its name
   * @param purpose whose role it is, for people
   * @param memoryMb memory in MiB
   * @param diskMb room in {@code /tmp} in MiB
   * @param timeoutSeconds longest run
   * @param image an image in ECR, or null for the one that is built
   * @param handler the handler, or null for the image's own
   */
  public record Spec(
      String name,
      String purpose,
      int memoryMb,
      int diskMb,
      int timeoutSeconds,
      String image,
      String handler) {}

  public ImageFunction(
      Construct scope,
      String id,
      DeploymentConfig config,
      Spec spec,
      Map<String, String> environment,
      Artefacts artefacts) {
    super(scope, id);
    log =
        LogGroup.Builder.create(this, "Log")
            .logGroupName("/aws/lambda/" + spec.name())
            .retention(LogRetention.of(config.logDays()))
            .removalPolicy(RemovalPolicy.DESTROY)
            .build();
    role =
        Role.Builder.create(this, "Role")
            .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
            .description("What " + spec.purpose() + " may do")
            .build();
    log.grantWrite(role);
    function =
        Function.Builder.create(this, "Function")
            .functionName(spec.name())
            .role(role)
            .logGroup(log)
            .loggingFormat(LoggingFormat.TEXT)
            .memorySize(spec.memoryMb())
            .ephemeralStorageSize(Size.mebibytes(spec.diskMb()))
            .timeout(Duration.seconds(spec.timeoutSeconds()))
            .architecture(Architectures.of(config.functions()))
            .tracing(Tracing.ACTIVE)
            // Earlier versions are free, and the alias can be moved back to them.
            .currentVersionOptions(
                VersionOptions.builder().removalPolicy(RemovalPolicy.RETAIN).build())
            .environment(environment)
            .runtime(Runtime.FROM_IMAGE)
            .handler(Handler.FROM_IMAGE)
            .code(code(config, spec, artefacts))
            .build();
    Suppressions.allowWildcards(
        role, "X-Ray's write actions know no resources.", List.of("Resource::*"));
    live =
        Alias.Builder.create(this, "Live")
            .aliasName("live")
            .version(function.getCurrentVersion())
            .build();
  }

  private Code code(DeploymentConfig config, Spec spec, Artefacts artefacts) {
    List<String> command = spec.handler() == null ? null : List.of(spec.handler());
    if (spec.image() != null) {
      EcrImage image = EcrImage.parse(spec.image());
      return Code.fromEcrImage(
          image.repository(this, "Image"),
          EcrImageCodeProps.builder().tagOrDigest(image.tagOrDigest()).cmd(command).build());
    }
    return Code.fromAssetImage(
        artefacts.lambdaImage(MODULE, config.functions().architecture()).toString(),
        AssetImageCodeProps.builder()
            .platform(Architectures.platformOf(config.functions()))
            .cmd(command)
            .build());
  }

  /** What it writes. */
  public LogGroup log() {
    return log;
  }

  /** What it may do. */
  public Role role() {
    return role;
  }

  public Function function() {
    return function;
  }

  /** The alias to call it by. */
  public Alias live() {
    return live;
  }
}
