package org.touchstone.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.touchstone.domain.Json;
import org.touchstone.local.stack.LocalKeys;
import org.touchstone.local.stack.LocalStore;
import org.touchstone.storage.AccountStore;
import org.touchstone.storage.AuditEntry;
import org.touchstone.storage.AuditLog;
import org.touchstone.storage.KeyStore;
import org.touchstone.storage.NoExpectContinue;
import org.touchstone.storage.ObjectStore;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.s3.S3Client;

/** The options that say whose keys are meant, and the way to them. */
final class KeyStoreMixin {
  /** The id of a deployment's first account, as infra sets it. */
  private static final String FIRST_ON_AWS = "default";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "The data folder of up on this machine (default: data in $TOUCHSTONE_HOME or"
              + " ~/.touchstone). It may be in use.")
  private Path data;

  @Option(
      names = "--deployment",
      paramLabel = "PREFIX",
      description = "The deployment of this prefix, made by ./touchstone deploy from this folder.")
  private String deployment;

  @Option(
      names = "--bucket",
      paramLabel = "BUCKET",
      description = "The deployment with this bucket, which deploy prints.")
  private String bucket;

  /**
   * The stores of accounts and keys, and the audit log.
   *
   * @param objects the bucket that all of them are in
   * @param first the id of the account that is meant if none is named
   */
  record Stores(
      AccountStore accounts, KeyStore keys, AuditLog audit, ObjectStore objects, String first) {
    private static Stores of(ObjectStore objects, String first) {
      return new Stores(
          new AccountStore(objects),
          new KeyStore(objects, new SecureRandom()),
          new AuditLog(objects),
          objects,
          first);
    }

    /** Adds to the audit log what the operator did. */
    void log(String action, String subject, String detail) {
      audit.append(
          new AuditEntry(Instant.now(), null, AuditEntry.OPERATOR, action, subject, detail));
    }
  }

  /** The deployment's prefix; empty when none was named. */
  Optional<String> deployment() {
    return Optional.ofNullable(deployment);
  }

  /** Does some work with the stores that the options name; returns its exit code. */
  int with(ToIntFunction<Stores> work) {
    if (deployment == null && bucket == null) {
      return LocalStore.with(
          StackMixin.dataFolder(data),
          objects -> open(Stores.of(objects, LocalKeys.ACCOUNT), "This machine", work));
    }
    if (data != null || deployment != null && bucket != null) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "Give only one of --data, --deployment and --bucket.");
    }
    String of = bucket == null ? deployed() : bucket;
    try (S3Client s3 =
        S3Client.builder()
            .overrideConfiguration(c -> c.addExecutionInterceptor(new NoExpectContinue()))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build()) {
      return open(Stores.of(new ObjectStore(s3, of), FIRST_ON_AWS), "First account", work);
    } catch (SdkException e) {
      PrintWriter err = spec.commandLine().getErr();
      err.println(ResultTable.printable(AwsFaults.reason(e)));
      err.flush();
      return ExitCode.ENVIRONMENT;
    }
  }

  private static int open(Stores stores, String name, ToIntFunction<Stores> work) {
    if (stores.accounts().find(stores.first()).isEmpty()) {
      stores.accounts().open(stores.first(), name, Instant.now());
      stores.log("account.created", stores.first(), name);
    }
    return work.applyAsInt(stores);
  }

  /** The bucket that deploy wrote down. */
  private String deployed() {
    String file = System.getProperty("touchstone.outputs");
    try {
      JsonNode outputs =
          file == null || !Files.exists(Path.of(file))
              ? Json.mapper().createObjectNode()
              : Json.mapper().readTree(Path.of(file).toFile());
      JsonNode name = outputs.path(deployment).path("BucketName");
      if (name.isTextual()) {
        return name.asText();
      }
    } catch (IOException e) {
      // As if it were not there.
    }
    throw new CommandLine.ParameterException(
        spec.commandLine(),
        "No deployment "
            + deployment
            + " was made from this folder. Name its bucket with --bucket.");
  }
}
