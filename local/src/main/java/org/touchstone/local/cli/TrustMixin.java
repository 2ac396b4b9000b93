package org.touchstone.local.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.touchstone.storage.NoExpectContinue;
import org.touchstone.storage.ObjectStore;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.s3.S3Client;

/** The options that say whose lists are meant. */
final class TrustMixin {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      description =
          "The folder of lists on this machine (default: trust in $TOUCHSTONE_HOME or"
              + " ~/.touchstone).")
  private Path folder;

  @Option(
      names = "--bucket",
      paramLabel = "BUCKET",
      description = "The lists of the deployment with this bucket, which deploy prints.")
  private String bucket;

  /** Some work with the lists. */
  @FunctionalInterface
  interface Work {
    int on(TrustPlace place) throws IOException;
  }

  /** Does the work; returns its exit code, or that of lists that cannot be had. */
  int with(Work work) {
    if (folder != null && bucket != null) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "Give only one of --folder and --bucket.");
    }
    try {
      if (bucket == null) {
        return work.on(TrustPlace.of(folder == null ? usual() : folder));
      }
      try (S3Client s3 =
          S3Client.builder()
              .overrideConfiguration(c -> c.addExecutionInterceptor(new NoExpectContinue()))
              .httpClientBuilder(UrlConnectionHttpClient.builder())
              .build()) {
        return work.on(TrustPlace.of(new ObjectStore(s3, bucket)));
      }
    } catch (SdkException e) {
      return failed(AwsFaults.reason(e));
    } catch (IOException e) {
      return failed("The lists were not changed: " + e.getMessage() + ".");
    }
  }

  private int failed(String reason) {
    spec.commandLine().getErr().println(ResultTable.printable(reason));
    spec.commandLine().getErr().flush();
    return ExitCode.ENVIRONMENT;
  }

  /** The folder that commands of this machine read. */
  static Path usual() {
    return StackMixin.home().resolve("trust");
  }
}
