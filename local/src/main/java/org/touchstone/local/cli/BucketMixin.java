package org.touchstone.local.cli;

import java.util.function.Function;
import org.touchstone.worker.models.ModelSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.s3.S3Client;

/** The options of every command that works on a deployment's bucket. */
final class BucketMixin {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--bucket",
      required = true,
      paramLabel = "BUCKET",
      description = "The deployment's bucket, which deploy prints.")
  private String bucket;

  @Option(
      names = "--prefix",
      paramLabel = "PREFIX",
      defaultValue = "models",
      description = "The start of the keys (default: ${DEFAULT-VALUE}, which a deployment reads).")
  private String prefix;

  /** Where the deployment's endpoints look for models. */
  ModelSource location() {
    try {
      return ModelSource.parse("s3://" + bucket + "/" + prefix);
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--bucket or --prefix is not that of a bucket and its keys");
    }
  }

  /** Does work with the bucket; returns its exit code, or that of a bucket that is not there. */
  int with(Function<S3Client, Integer> work) {
    try (S3Client s3 =
        S3Client.builder().httpClientBuilder(UrlConnectionHttpClient.builder()).build()) {
      return work.apply(s3);
    } catch (SdkException e) {
      spec.commandLine().getErr().println(ResultTable.printable(AwsFaults.reason(e)));
      return ExitCode.ENVIRONMENT;
    }
  }
}
