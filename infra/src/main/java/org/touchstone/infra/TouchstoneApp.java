package org.touchstone.infra;

import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.touchstone.infra.artefacts.Artefacts;
import org.touchstone.infra.artefacts.Builds;
import org.touchstone.infra.config.ConfigException;
import org.touchstone.infra.config.ConfigReader;
import org.touchstone.infra.config.DeploymentConfig;
import org.touchstone.infra.config.EndpointPlan;
import org.touchstone.infra.security.NagFindings;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Aspects;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.StackProps;

/** Writes the templates and the list of their assets: {@code cdk.out}. */
public final class TouchstoneApp {
  private static final int USAGE = 2;
  private static final int ENVIRONMENT = 4;

  /** The plan of the endpoints, in the repository's folder. */
  private static final String ENDPOINTS = "infra/target/endpoints.json";

  private TouchstoneApp() {}

  /**
   * Runs one of
   *
   * <ul>
   *   <li>{@code synth CONFIG REPOSITORY FOLDER [--built]}: writes to the folder, and the plan of
   *       the endpoints to the repository; with {@code --built} fails when something is not built
   *   <li>{@code builds CONFIG}: prints the arguments of each Maven run that builds what is
   *       deployed
   * </ul>
   *
   * <p>Exits with 0, or 2 when the configuration is wrong, or 4 when the environment is at fault.
   */
  public static void main(String... args) {
    System.exit(run(List.of(args)));
  }

  private static int run(List<String> args) {
    Path file = Path.of(args.get(1));
    try {
      DeploymentConfig config = ConfigReader.read(file);
      if (args.getFirst().equals("builds")) {
        Builds.of(config).forEach(System.out::println);
        return 0;
      }
      return synth(config, Path.of(args.get(2)), Path.of(args.get(3)), args.contains("--built"));
    } catch (ConfigException e) {
      System.err.println(file.getFileName() + " cannot be deployed:");
      e.problems().forEach(problem -> System.err.println("  " + problem));
      return USAGE;
    } catch (IOException e) {
      System.err.println(file.getFileName() + " cannot be read.");
      return USAGE;
    }
  }

  private static int synth(DeploymentConfig config, Path root, Path out, boolean built)
      throws IOException {
    Artefacts artefacts = new Artefacts(root, out.toAbsolutePath().resolveSibling("stand-ins"));
    App app = app(out.toAbsolutePath());
    stack(app, config, artefacts);
    app.synth();
    EndpointPlan.of(config).write(root.resolve(ENDPOINTS));
    artefacts
        .missing()
        .forEach(what -> System.err.println("Not built yet, replaced by a stand-in: " + what));
    List<String> broken = NagFindings.in(out);
    broken.forEach(System.err::println);
    return broken.isEmpty() && (artefacts.missing().isEmpty() || !built) ? 0 : ENVIRONMENT;
  }

  /** An app whose stacks are checked by cdk-nag. */
  static App app(Path out) {
    App app =
        new App(
            AppProps.builder()
                .outdir(out.toString())
                .analyticsReporting(false)
                // Assets stay where the build put them; copying a container's libraries would take
                // longer than everything else.
                .context(
                    Map.of(
                        "aws:cdk:disable-asset-staging", true,
                        "@aws-cdk/core:validateAgainstDefaultRules", true))
                .build());
    Aspects.of(app).add(AwsSolutionsChecks.Builder.create().verbose(true).build());
    return app;
  }

  /** The one stack. */
  static TouchstoneStack stack(App app, DeploymentConfig config, Artefacts artefacts) {
    StackProps.Builder props =
        StackProps.builder()
            .description("Touchstone: deepfake detection")
            .synthesizer(new LeanSynthesizer())
            .tags(Map.of("application", config.prefix()));
    if (config.region() != null) {
      // Without an account, or the CDK would ask AWS for availability zones at every synthesis.
      props.env(Environment.builder().region(config.region()).build());
    }
    return new TouchstoneStack(app, config.prefix(), props.build(), config, artefacts);
  }
}
