package org.touchstone.infra.functions;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.touchstone.infra.artefacts.Artefacts;
import org.touchstone.infra.artefacts.EcrImage;
import org.touchstone.infra.config.DeploymentConfig;
import org.touchstone.infra.config.DeploymentConfig.FunctionsConfig;
import org.touchstone.infra.config.DeploymentConfig.Mode;
import org.touchstone.infra.config.DeploymentConfig.Packaging;
import org.touchstone.infra.config.LogRetention;
import org.touchstone.infra.contract.FunctionSpec;
import org.touchstone.infra.contract.Grant;
import org.touchstone.infra.contract.Setting;
import org.touchstone.infra.egress.Egress;
import org.touchstone.infra.security.Permissions;
import org.touchstone.infra.security.Suppressions;
import software.amazon.awscdk.Annotations;
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
import software.amazon.awscdk.services.lambda.LayerVersion;
import software.amazon.awscdk.services.lambda.LoggingFormat;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.SnapStartConf;
import software.amazon.awscdk.services.lambda.Tracing;
import software.amazon.awscdk.services.lambda.VersionOptions;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/**
 * The functions of {@link FunctionSpec}, each with its own role and log. Callers use the alias
 * {@code live}, which moves to a new version only once that version is ready.
 */
public final class Functions extends Construct {
  private static final String JVM_HANDLER =
      "io.quarkus.amazon.lambda.runtime.QuarkusStreamHandler::handleRequest";

  private static final int SNAP_START_MAX_DISK_MB = 512;

  /** Functions that visit addresses which callers choose. */
  private static final Set<FunctionSpec> BEHIND_EGRESS =
      EnumSet.of(FunctionSpec.RESOLVE, FunctionSpec.WEBHOOKS);

  private final DeploymentConfig config;
  private final Artefacts artefacts;
  private final Egress egress;
  private final Map<FunctionSpec, Function> functions = new EnumMap<>(FunctionSpec.class);
  private final Map<FunctionSpec, Alias> aliases = new EnumMap<>(FunctionSpec.class);

  /**
   * @param egress where functions that visit the web run, or null for Lambda's own network
   */
  public Functions(
      Construct scope, String id, DeploymentConfig config, Artefacts artefacts, Egress egress) {
    super(scope, id);
    this.config = config;
    this.artefacts = artefacts;
    this.egress = egress;
  }

  /**
   * Creates a function.
   *
   * @param settings a value for each setting that the function reads, except its handler
   * @return the alias to call it by
   * @throws IllegalArgumentException when a setting that the function reads lacks a value
   */
  public Alias add(FunctionSpec spec, Map<Setting, String> settings, Permissions permissions) {
    Construct scope = new Construct(this, spec.code());
    LogGroup log =
        LogGroup.Builder.create(scope, "Log")
            .logGroupName("/aws/lambda/" + name(spec))
            .retention(LogRetention.of(config.logDays()))
            .removalPolicy(RemovalPolicy.DESTROY)
            .build();
    Role role =
        Role.Builder.create(scope, "Role")
            .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
            .description("What " + name(spec) + " may do")
            .build();
    log.grantWrite(role);
    permissions.grant(role, spec.grants());

    boolean image = isImage(spec);
    Function.Builder builder =
        Function.Builder.create(
                scope, spec == FunctionSpec.RESOLVE && !image ? "ZipFunction" : "Function")
            .functionName(functionName(spec))
            .role(role)
            .logGroup(log)
            .loggingFormat(LoggingFormat.TEXT)
            .memorySize(spec.size().memoryMb())
            .ephemeralStorageSize(Size.mebibytes(spec.size().diskMb()))
            .timeout(Duration.seconds(spec.size().timeoutSeconds()))
            .architecture(Architectures.of(config.functions()))
            .tracing(Tracing.ACTIVE)
            // Earlier versions are free, and the alias can be moved back to them.
            .currentVersionOptions(
                VersionOptions.builder().removalPolicy(RemovalPolicy.RETAIN).build())
            .environment(environment(spec, settings));
    if (image) {
      builder.runtime(Runtime.FROM_IMAGE).handler(Handler.FROM_IMAGE).code(resolverImage());
    } else {
      zip(spec, builder);
    }
    if (BEHIND_EGRESS.contains(spec) && egress != null) {
      egress.place(builder, role);
    }
    Function function = builder.build();
    Annotations.of(function)
        .acknowledgeWarning(
            "@aws-cdk/aws-lambda:snapStartRequirePublish", "The alias is of a published version.");
    suppress(spec, role, function);
    functions.put(spec, function);
    Alias alias =
        Alias.Builder.create(scope, "Live")
            .aliasName("live")
            .version(function.getCurrentVersion())
            .build();
    aliases.put(spec, alias);
    return alias;
  }

  /** A function created before. */
  public Function function(FunctionSpec spec) {
    return functions.get(spec);
  }

  /** All functions created so far. */
  public Map<FunctionSpec, Function> all() {
    return Map.copyOf(functions);
  }

  private void zip(FunctionSpec spec, Function.Builder builder) {
    FunctionsConfig how = config.functions();
    builder.code(Code.fromAsset(artefacts.function(spec.module(), how.mode()).toString()));
    if (how.mode() == Mode.NATIVE) {
      builder.runtime(Runtime.PROVIDED_AL2023).handler("bootstrap");
    } else {
      builder.runtime(Runtime.JAVA_25).handler(JVM_HANDLER);
      // Lambda does not take snapshots of functions with a larger disk.
      if (spec.size().diskMb() <= SNAP_START_MAX_DISK_MB) {
        builder.snapStart(SnapStartConf.ON_PUBLISHED_VERSIONS);
      }
    }
    if (spec == FunctionSpec.RESOLVE) {
      builder.layers(List.of(LayerVersion.fromLayerVersionArn(this, "Ffmpeg", how.ffmpegLayer())));
    }
  }

  private Code resolverImage() {
    FunctionsConfig how = config.functions();
    if (how.resolverImage() != null) {
      EcrImage image = EcrImage.parse(how.resolverImage());
      return Code.fromEcrImage(
          image.repository(this, "ResolverImage"),
          EcrImageCodeProps.builder().tagOrDigest(image.tagOrDigest()).build());
    }
    return Code.fromAssetImage(
        artefacts.functionImage(FunctionSpec.RESOLVE.module(), how.mode()).toString(),
        AssetImageCodeProps.builder()
            .buildArgs(Map.of("VARIANT", how.mode() == Mode.NATIVE ? "native" : "jvm"))
            .platform(Architectures.platformOf(how))
            .build());
  }

  private Map<String, String> environment(FunctionSpec spec, Map<Setting, String> settings) {
    Map<String, String> environment = new TreeMap<>();
    for (Setting setting : spec.settings()) {
      String value = setting == Setting.HANDLER ? spec.handler() : settings.get(setting);
      if (value == null && setting.isOptional()) {
        continue;
      }
      if (value == null) {
        throw new IllegalArgumentException(spec.code() + " is not given " + setting.property());
      }
      environment.put(setting.variable(), value);
    }
    if (config.functions().mode() == Mode.NATIVE) {
      // Quarkus recommends this: Lambda's signals would otherwise end a native executable.
      environment.put("DISABLE_SIGNAL_HANDLERS", "true");
    } else {
      // Quarkus' executor clears thread locals by reflection.
      environment.put("JAVA_TOOL_OPTIONS", "--add-opens=java.base/java.lang=ALL-UNNAMED");
    }
    return environment;
  }

  private String name(FunctionSpec spec) {
    return config.prefix() + "-" + spec.code();
  }

  private boolean isImage(FunctionSpec spec) {
    return spec == FunctionSpec.RESOLVE && config.functions().resolver() == Packaging.IMAGE;
  }

  /**
   * The name of a function. CloudFormation cannot turn an image into a zip: it makes another
   * function before it deletes the first, and two of the same name cannot be there at once.
   */
  private String functionName(FunctionSpec spec) {
    return spec == FunctionSpec.RESOLVE && !isImage(spec)
        ? config.prefix() + "-zip-" + spec.code()
        : name(spec);
  }

  private static void suppress(FunctionSpec spec, Role role, Function function) {
    Suppressions.allowObjects(role, spec.grants());
    if (spec.grants().stream().anyMatch(g -> g.target() == Grant.Target.SECRETS)) {
      Suppressions.allowWildcards(
          role,
          "Names of secrets end in random characters, and a secret may come later; the permission is"
              + " limited to this deployment's secrets of platforms, of voters, of those who bill, of the sign-in or of the bot.",
          List.of(
              "/^Resource::arn:.*:secretsmanager:.*(platforms|voters|billing|sign-in|bot)\\/\\*$/"));
    }
    if (spec.grants().stream().anyMatch(g -> g.target() == Grant.Target.EXECUTIONS)) {
      Suppressions.allowWildcards(
          role,
          "Executions are named after analyses; the leave is limited to this deployment's workflow.",
          List.of("/^Resource::arn:.*:states:.*:execution:.*\\*$/"));
    }
    Suppressions.allowWildcards(
        role, "X-Ray's write actions know no resources.", List.of("Resource::*"));
    Suppressions.suppress(
        function,
        "AwsSolutions-L1",
        "The runtime is the newest that the packages are built for: provided.al2023 or java25.");
  }
}
