package org.touchstone.local.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.touchstone.local.doctor.Finding;
import org.touchstone.local.doctor.MachineChecks;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/**
 * {@code doctor}: the checks that need a build. The launcher makes those that do not, and shows the
 * help, before it calls this.
 */
@Command(
    name = "doctor",
    description = "Says what this machine has and lacks, each with what to do.",
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
  /** An engine that starts, or a chain of credentials that asks the network, takes seconds. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Spec private CommandSpec spec;
  @Mixin private StackMixin stack;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8080",
      description = "Port that up would serve (default: ${DEFAULT-VALUE}).")
  private int port;

  @Override
  public Integer call() {
    MachineChecks checks =
        new MachineChecks(
            System.getenv(), DoctorCommand::credentials, DoctorCommand::region, PATIENCE);
    Path data = StackMixin.dataFolder(stack.data);
    PrintWriter out = spec.commandLine().getOut();
    List<Finding> findings = checks.all(port, stack.models(), data);
    findings.forEach(finding -> out.println(finding.line()));
    out.flush();
    return findings.stream().anyMatch(finding -> finding.level() == Finding.Level.FAIL)
        ? ExitCode.ENVIRONMENT
        : ExitCode.ANALYSED;
  }

  private static String credentials() {
    try (DefaultCredentialsProvider provider = DefaultCredentialsProvider.builder().build()) {
      AwsCredentials found = provider.resolveCredentials();
      return found.providerName().orElse("the default chain");
    }
  }

  private static String region() {
    return DefaultAwsRegionProviderChain.builder().build().getRegion().id();
  }
}
