package org.touchstone.infra.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.touchstone.infra.Deployment.BARE;
import static org.touchstone.infra.Deployment.DEFAULT;
import static org.touchstone.infra.Deployment.FULL;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.touchstone.infra.Deployment;
import org.touchstone.infra.NeedsNode;
import org.touchstone.infra.ShippedDescriptor;
import org.touchstone.infra.contract.EndpointSpec;
import org.touchstone.infra.contract.RecogniserSpec;
import org.touchstone.infra.functions.ImageFunction;

@NeedsNode
class CpuEndpointTest {
  private static JsonNode variables(JsonNode function) {
    return function.get("Environment").get("Variables");
  }

  private static JsonNode mapping(Deployment deployment, String queue) {
    return deployment.properties("AWS::Lambda::EventSourceMapping").stream()
        .filter(m -> m.get("EventSourceArn").toString().contains(queue))
        .findFirst()
        .orElseThrow();
  }

  private static JsonNode queue(Deployment deployment, String name) {
    return deployment.properties("AWS::SQS::Queue").stream()
        .filter(q -> q.get("QueueName").asText().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void runsInLambdaBesideTheGpuEndpointByDefault() {
    JsonNode function = DEFAULT.function("endpoint-cpu");

    assertThat(function.get("PackageType").asText()).isEqualTo("Image");
    assertThat(function.get("MemorySize").asInt()).isEqualTo(6144);
    assertThat(function.get("EphemeralStorage").get("Size").asInt()).isEqualTo(10_240);
    assertThat(function.get("Timeout").asInt()).isEqualTo(900);
    assertThat(Deployment.texts(function.get("Architectures"))).containsExactly("arm64");
    assertThat(DEFAULT.properties("AWS::ECS::TaskDefinition")).hasSize(1);
    assertThat(BARE.template().toString()).doesNotContain("endpoint-cpu");
  }

  @Test
  void resolverSendsJobsOfEachTrackToBothLanesTheCheaperFirst() {
    JsonNode resolve = variables(DEFAULT.function("resolve"));

    for (String track : Set.of("image", "video", "audio")) {
      String queues = resolve.get("TOUCHSTONE_QUEUES_" + track.toUpperCase(Locale.ROOT)).toString();
      assertThat(queues.indexOf("cpu-" + track + "="))
          .isNotNegative()
          .isLessThan(queues.indexOf("all-" + track + "="));
    }
  }

  @Test
  void receivesOneJobInACallAndNotMoreThanItsConcurrencyAllows() {
    JsonNode mapping = mapping(FULL, "JobQueuesmallJobs");

    assertThat(mapping.get("BatchSize").asInt()).isEqualTo(1);
    assertThat(mapping.get("ScalingConfig").get("MaximumConcurrency").asInt()).isEqualTo(4);
    assertThat(mapping(DEFAULT, "JobQueuecpuJobs").at("/ScalingConfig/MaximumConcurrency").asInt())
        .isEqualTo(10);
  }

  @Test
  void jobsThatMayWaitHaveAConcurrencyOfTheirOwnSoThatOthersKeepTheirs() {
    JsonNode bulk = mapping(DEFAULT, "JobQueuecpuBulkJobs");

    assertThat(bulk.get("BatchSize").asInt()).isEqualTo(1);
    assertThat(bulk.at("/ScalingConfig/MaximumConcurrency").asInt()).isEqualTo(5);
    assertThat(bulk.get("FunctionName"))
        .isEqualTo(mapping(DEFAULT, "JobQueuecpuJobs").get("FunctionName"));
  }

  /** The workflow waits for a job for an hour at most. */
  @Test
  void jobThatLosesEveryRunIsEndedWhileTheWorkflowStillWaits() {
    JsonNode jobs = queue(DEFAULT, "touchstone-cpu-jobs");
    int visible = jobs.get("VisibilityTimeout").asInt();
    int receives = jobs.get("RedrivePolicy").get("maxReceiveCount").asInt();

    assertThat(visible)
        .as("longer than any run")
        .isGreaterThan(DEFAULT.function("endpoint-cpu").get("Timeout").asInt());
    assertThat(visible * receives).isLessThan(3600 - 300);
  }

  @Test
  void functionIsToldWhereItsJobsMediaAndModelsAre() {
    JsonNode variables = variables(FULL.function("endpoint-small"));

    assertThat(variables.get("ENDPOINT_NAME").asText()).isEqualTo("small");
    assertThat(variables.get("MODELS").asText()).isEqualTo("commfor,voice");
    assertThat(variables.get("TOUCHSTONE_ENDPOINT_DETECTORS").asText())
        .isEqualTo("metadata,ai-image,voice");
    assertThat(variables.get("TOUCHSTONE_ENDPOINT_MAX_BYTES").asText()).isEqualTo("64M");
    assertThat(variables.get("QUEUE_URL").toString()).contains("JobQueuesmall");
    assertThat(variables.get("BUCKET").toString()).contains("MediaStorage");
    assertThat(variables.get("MODELS_S3_PREFIX").toString()).contains("s3://", "/models/");
    assertThat(variables(DEFAULT.function("endpoint-cpu")).has("MODELS")).isFalse();
  }

  @Test
  void asksAServiceWhatIsSaidOnlyWhereOneIsConfigured() {
    JsonNode function = FULL.function("endpoint-small");

    assertThat(Deployment.json(variables(function).get("TOUCHSTONE_RECOGNISER").asText()))
        .isEqualTo(Deployment.json("{\"provider\": \"amazon-transcribe\", \"seconds\": 300}"));
    assertThat(FULL.statements(function.get("Role")).toString())
        .contains("transcribe:StartTranscriptionJob", "transcription-job/touchstone-*")
        .contains("/transcripts/*")
        .doesNotContain("secretsmanager");
    JsonNode usual = DEFAULT.function("endpoint-cpu");
    assertThat(variables(usual).has("TOUCHSTONE_RECOGNISER")).isFalse();
    assertThat(DEFAULT.statements(usual.get("Role")).toString()).doesNotContain("transcribe");
    assertThat(DEFAULT.template().toString()).doesNotContain("/recogniser/");
  }

  @ParameterizedTest
  @CsvSource({"DEFAULT, endpoint-cpu", "FULL, endpoint-small"})
  void setsOnlyVariablesThatTheFunctionReadsAndAllThatItMustHave(
      Deployment deployment, String name) {
    ShippedDescriptor descriptor = ShippedDescriptor.of(ImageFunction.MODULE);
    Set<String> set = new TreeSet<>();
    variables(deployment.function(name)).fieldNames().forEachRemaining(set::add);

    assertThat(descriptor.knownVariables()).containsAll(set);
    assertThat(set).containsAll(descriptor.requiredVariables());
    assertThat(descriptor.requiredVariables()).contains("BUCKET", "QUEUE_URL");
  }

  @Test
  void takesMemoryAndImageFromTheConfiguration() {
    JsonNode function = FULL.function("endpoint-small");

    assertThat(function.get("MemorySize").asInt()).isEqualTo(8192);
    assertThat(function.get("Code").get("ImageUri").toString()).contains("/lambda:1");
    assertThat(Deployment.texts(function.get("Architectures"))).containsExactly("x86_64");
  }

  @ParameterizedTest
  @CsvSource({"DEFAULT, endpoint-cpu", "FULL, endpoint-small"})
  void mayDoWhatItsTableSaysAndReceiveJobsAndNoMore(Deployment deployment, String name) {
    Set<String> expected = new TreeSet<>();
    EndpointSpec.CPU.forEach(grant -> expected.addAll(grant.actions()));
    expected.addAll(EndpointSpec.POLLING);
    expected.addAll(
        Set.of(
            "logs:CreateLogStream",
            "logs:PutLogEvents",
            "xray:PutTraceSegments",
            "xray:PutTelemetryRecords"));
    if (deployment == FULL) {
      expected.addAll(Set.of("kms:Decrypt", "kms:GenerateDataKey", "sqs:SendMessage"));
      RecogniserSpec.TRANSCRIBE.forEach(grant -> expected.addAll(grant.actions()));
    }
    Set<String> found = new TreeSet<>();
    for (JsonNode statement : deployment.statements(deployment.function(name).get("Role"))) {
      Set<String> actions = new TreeSet<>(Deployment.texts(statement.get("Action")));
      found.addAll(actions);
      if (Deployment.texts(statement.get("Resource")).contains("*")) {
        assertThat(actions)
            .allMatch(
                action ->
                    action.startsWith("xray:")
                        || action.equals("transcribe:StartTranscriptionJob"));
      }
    }
    assertThat(found).isEqualTo(expected);
  }
}
