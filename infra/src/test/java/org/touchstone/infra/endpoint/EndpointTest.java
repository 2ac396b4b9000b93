package org.touchstone.infra.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.touchstone.infra.Deployment.BARE;
import static org.touchstone.infra.Deployment.DEFAULT;
import static org.touchstone.infra.Deployment.FULL;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.touchstone.infra.Deployment;
import org.touchstone.infra.NeedsNode;
import org.touchstone.infra.ShippedDescriptor;
import org.touchstone.infra.contract.EndpointSpec;

@NeedsNode
class EndpointTest {
  private static final String GROUP = "AWS::AutoScaling::AutoScalingGroup";
  private static final String POLICY = "AWS::ApplicationAutoScaling::ScalingPolicy";
  private static final String TARGET = "AWS::ApplicationAutoScaling::ScalableTarget";
  private static final String TASK = "AWS::ECS::TaskDefinition";

  private static final ShippedDescriptor CONTAINER =
      ShippedDescriptor.of("gpu-containers/endpoint");

  private static Map<String, String> environment(JsonNode task) {
    Map<String, String> environment = new TreeMap<>();
    for (JsonNode variable : task.get("ContainerDefinitions").get(0).get("Environment")) {
      JsonNode value = variable.get("Value");
      environment.put(
          variable.get("Name").asText(), value.isTextual() ? value.asText() : value.toString());
    }
    return environment;
  }

  private static JsonNode task(Deployment deployment, String endpoint) {
    return deployment.properties(TASK).stream()
        .filter(task -> environment(task).get("ENDPOINT_NAME").equals(endpoint))
        .findFirst()
        .orElseThrow();
  }

  private static List<JsonNode> policies(Deployment deployment, String idPart) {
    return deployment.resources(POLICY).entrySet().stream()
        .filter(policy -> policy.getKey().contains(idPart))
        .map(policy -> policy.getValue().get("Properties"))
        .toList();
  }

  /** The expression of the only alarm that runs a policy. */
  private static String expression(Deployment deployment, String idPart) {
    return deployment.resources("AWS::CloudWatch::Alarm").entrySet().stream()
        .filter(alarm -> alarm.getKey().contains(idPart))
        .map(alarm -> alarm.getValue().get("Properties").findValuesAsText("Expression"))
        .map(List::getFirst)
        .reduce((one, other) -> one + " / " + other)
        .orElseThrow();
  }

  @Test
  void isNotThereWhereNoneIsConfigured() {
    assertThat(BARE.properties("AWS::ECS::Cluster")).isEmpty();
    assertThat(BARE.properties("AWS::ECS::Service")).isEmpty();
    assertThat(BARE.properties("AWS::SQS::Queue"))
        .extracting(queue -> queue.get("QueueName").asText())
        .containsExactlyInAnyOrder(
            "touchstone-batches",
            "touchstone-batches-dead-letters",
            "touchstone-events",
            "touchstone-events-dead-letters");
  }

  @ParameterizedTest
  @EnumSource(names = {"DEFAULT", "FULL"})
  void runsContainersThatAreNobodyAndCannotWriteToTheirImage(Deployment deployment) {
    assertThat(deployment.properties(TASK))
        .isNotEmpty()
        .allSatisfy(
            task -> {
              JsonNode container = task.get("ContainerDefinitions").get(0);
              assertThat(container.get("User").asText()).isEqualTo("10001");
              assertThat(container.get("ReadonlyRootFilesystem").asBoolean()).isTrue();
              assertThat(container.path("Privileged").asBoolean()).isFalse();
              assertThat(container.get("ResourceRequirements").get(0).get("Type").asText())
                  .isEqualTo("GPU");
              assertThat(container.get("MountPoints").findValuesAsText("ContainerPath"))
                  .containsExactlyInAnyOrder("/tmp", "/models");
              assertThat(container.get("HealthCheck").get("Command").toString()).contains("/ping");
              assertThat(container.get("StopTimeout").asInt()).isGreaterThan(90);
            });
  }

  @Test
  void tellsTheContainerWhereItsWorkAndItsModelsAre() {
    Map<String, String> environment = environment(task(FULL, "faces"));
    assertThat(environment)
        .containsEntry("MODELS", "ftcn,genconvit,retinaface")
        .containsEntry("TOUCHSTONE_ENDPOINT_DETECTORS", "ftcn,genconvit")
        .containsEntry("TOUCHSTONE_METRICS_NAMESPACE", "Touchstone")
        .containsEntry("TOUCHSTONE_ENDPOINT_MODELS_DEVICE", "cuda");
    assertThat(environment.get("MODELS_S3_PREFIX")).contains("s3://", "/models/");
    assertThat(environment.get("QUEUE_URL")).contains("JobQueuefaces");
    assertThat(environment.get("BUCKET")).contains("MediaStorage");
    assertThat(environment(task(DEFAULT, "all")))
        .doesNotContainKeys("MODELS", "TOUCHSTONE_ENDPOINT_DETECTORS");
  }

  @Test
  void tellsTheContainerItsRegionWhichAnOlderAgentOfEcsDoesNot() {
    assertThat(environment(task(FULL, "faces"))).containsEntry("AWS_REGION", "eu-central-1");
    assertThat(environment(task(DEFAULT, "all")).get("AWS_REGION")).contains("AWS::Region");
  }

  @ParameterizedTest
  @EnumSource(names = {"DEFAULT", "FULL"})
  void setsOnlyVariablesThatTheContainerReadsAndAllThatItMustHave(Deployment deployment) {
    Set<String> known = CONTAINER.knownVariables();
    // The AWS SDK reads it.
    known.add("AWS_REGION");
    assertThat(deployment.properties(TASK))
        .allSatisfy(
            task ->
                assertThat(environment(task).keySet())
                    .isSubsetOf(known)
                    .containsAll(CONTAINER.requiredVariables()));
  }

  @Test
  void asksTheContainerForItsHealthWhereItAnswers() {
    assertThat(CONTAINER.routes()).contains("GET /ping");
  }

  @ParameterizedTest
  @EnumSource(names = {"DEFAULT", "FULL"})
  void mayDoWhatItsTableSaysAndNoMore(Deployment deployment) {
    Set<String> expected = new TreeSet<>();
    EndpointSpec.GPU.forEach(grant -> expected.addAll(grant.actions()));
    if (deployment == FULL) {
      expected.addAll(Set.of("kms:Decrypt", "kms:GenerateDataKey", "sqs:SendMessage"));
    }
    for (JsonNode task : deployment.properties(TASK)) {
      Set<String> found = new TreeSet<>();
      for (JsonNode statement : deployment.statements(task.get("TaskRoleArn"))) {
        found.addAll(Deployment.texts(statement.get("Action")));
        assertThat(Deployment.texts(statement.get("Resource"))).doesNotContain("*");
      }
      assertThat(found).isEqualTo(expected);
    }
  }

  @Test
  void takesSpotInstancesOfSeveralTypesAndOnDemandOnesAsFallback() {
    Map<String, JsonNode> groups = DEFAULT.resources(GROUP);
    assertThat(groups).hasSize(2);
    assertThat(onDemandPercentage(groups, "ServiceGpu")).isZero();
    assertThat(onDemandPercentage(groups, "FallbackGpu")).isEqualTo(100);
    assertThat(groups.values())
        .allSatisfy(
            group -> {
              JsonNode properties = group.get("Properties");
              assertThat(properties.get("MinSize").asText()).isEqualTo("0");
              assertThat(properties.get("NewInstancesProtectedFromScaleIn").asBoolean()).isTrue();
              assertThat(properties.get("MixedInstancesPolicy").findValuesAsText("InstanceType"))
                  .containsExactly("g6.xlarge", "g5.xlarge", "g4dn.xlarge");
            });
  }

  @Test
  void needsNoFallbackWithoutSpot() {
    assertThat(FULL.resources("AWS::ECS::Service").keySet())
        .filteredOn(id -> id.contains("rest"))
        .hasSize(1);
    assertThat(FULL.resources("AWS::ECS::Service").keySet())
        .filteredOn(id -> id.contains("faces"))
        .hasSize(2);
  }

  private static int onDemandPercentage(Map<String, JsonNode> groups, String idPart) {
    return groups.entrySet().stream()
        .filter(group -> group.getKey().contains(idPart))
        .findFirst()
        .orElseThrow()
        .getValue()
        .findValue("OnDemandPercentageAboveBaseCapacity")
        .asInt();
  }

  @ParameterizedTest
  @EnumSource(names = {"DEFAULT", "FULL"})
  void letsEcsStartAndDrainInstances(Deployment deployment) {
    assertThat(deployment.properties("AWS::ECS::CapacityProvider"))
        .hasSameSizeAs(deployment.properties(GROUP))
        .allSatisfy(
            provider -> {
              JsonNode asg = provider.get("AutoScalingGroupProvider");
              assertThat(asg.get("ManagedScaling").get("Status").asText()).isEqualTo("ENABLED");
              assertThat(asg.get("ManagedTerminationProtection").asText()).isEqualTo("ENABLED");
              assertThat(asg.get("ManagedDraining").asText()).isEqualTo("ENABLED");
            });
  }

  @ParameterizedTest
  @EnumSource(names = {"DEFAULT", "FULL"})
  void startsHardenedInstancesOfTheEcsImageForGpus(Deployment deployment) {
    assertThat(deployment.properties("AWS::EC2::LaunchTemplate"))
        .allSatisfy(
            template -> {
              JsonNode data = template.get("LaunchTemplateData");
              assertThat(data.get("MetadataOptions").get("HttpTokens").asText())
                  .isEqualTo("required");
              assertThat(data.get("MetadataOptions").get("HttpPutResponseHopLimit").asInt())
                  .isEqualTo(1);
              assertThat(data.get("BlockDeviceMappings").findValue("Encrypted").asBoolean())
                  .isTrue();
              assertThat(data.get("ImageId").toString()).contains("gpu");
              assertThat(data.get("UserData").toString()).contains("ECS_CLUSTER");
            });
    assertThat(deployment.resources("AWS::EC2::SecurityGroup"))
        .allSatisfy(
            (id, group) ->
                assertThat(group.get("Properties").has("SecurityGroupIngress")).isFalse());
  }

  @Test
  void addsATaskForTheFirstWaitingJob() {
    assertThat(expression(DEFAULT, "ScalingTasksFromZero"))
        .isEqualTo("IF(visible + bulkVisible > 0 AND inFlight + bulkInFlight < 1, 1, 0)");
    assertThat(steps("TasksFromZero")).containsExactly(1);
    assertThat(DEFAULT.properties(TARGET)).allMatch(t -> t.get("MinCapacity").asInt() == 0);
    assertThat(DEFAULT.properties("AWS::ECS::Service"))
        .allMatch(service -> service.get("DesiredCount").asInt() == 0);
  }

  @Test
  void callsForOnDemandTasksWhenJobsWait() {
    assertThat(expression(DEFAULT, "FallbackScalingTasksStepIn"))
        .isEqualTo("IF((visible > 0 AND age > 600) OR (bulkVisible > 0 AND bulkAge > 600), 1, 0)");
    assertThat(steps("TasksStepIn")).containsExactly(1);
  }

  @Test
  void sendsAllTasksAwayByOneAlarmWhenThereHasBeenNothingToDo() {
    assertThat(expression(DEFAULT, "allIdle"))
        .isEqualTo("IF(visible + bulkVisible + inFlight + bulkInFlight < 1, 1, 0)");
    JsonNode alarm =
        DEFAULT.resources("AWS::CloudWatch::Alarm").entrySet().stream()
            .filter(entry -> entry.getKey().contains("allIdle"))
            .findFirst()
            .orElseThrow()
            .getValue()
            .get("Properties");
    assertThat(alarm.get("EvaluationPeriods").asInt()).isEqualTo(10);
    assertThat(alarm.get("AlarmActions")).hasSize(2);
    assertThat(steps("Leave")).containsExactly(-2, -2);
  }

  private static List<Integer> steps(String idPart) {
    return policies(DEFAULT, idPart).stream()
        .flatMap(policy -> policy.findValues("ScalingAdjustment").stream())
        .map(JsonNode::asInt)
        .toList();
  }

  @Test
  void keepsTheBacklogPerTaskNearItsTarget() {
    JsonNode tracking =
        policies(DEFAULT, "Backlog").getFirst().get("TargetTrackingScalingPolicyConfiguration");
    assertThat(tracking.get("TargetValue").asInt()).isEqualTo(8);
    assertThat(tracking.get("ScaleInCooldown").asInt()).isEqualTo(600);
    JsonNode metrics = tracking.get("CustomizedMetricSpecification").get("Metrics");
    assertThat(metrics.findValuesAsText("Expression"))
        .containsExactly("(visible + bulkVisible + inFlight + bulkInFlight) / running");
    assertThat(metrics.findValuesAsText("MetricName"))
        .containsExactlyInAnyOrder(
            "ApproximateNumberOfMessagesVisible",
            "ApproximateNumberOfMessagesVisible",
            "ApproximateNumberOfMessagesNotVisible",
            "ApproximateNumberOfMessagesNotVisible",
            "CPUUtilization");
    assertThat(metrics.findValuesAsText("Stat"))
        .containsExactlyInAnyOrder("Maximum", "Maximum", "Maximum", "Maximum", "SampleCount");
  }

  @Test
  void changesItsLimitsByTheClock() {
    assertThat(FULL.properties(TARGET))
        .filteredOn(target -> target.has("ScheduledActions"))
        .singleElement()
        .satisfies(
            target -> {
              JsonNode action = target.get("ScheduledActions").get(0);
              assertThat(action.get("Schedule").asText()).isEqualTo("cron(0 7 ? * MON-FRI *)");
              assertThat(action.get("ScalableTargetAction").get("MinCapacity").asInt())
                  .isEqualTo(2);
              assertThat(action.get("ScalableTargetAction").get("MaxCapacity").asInt())
                  .isEqualTo(6);
            });
    assertThat(FULL.properties(GROUP)).anyMatch(group -> group.get("MaxSize").asInt() == 6);
  }

  @Test
  void keepsInstancesWarmWhereAsked() {
    assertThat(DEFAULT.properties("AWS::AutoScaling::WarmPool")).isEmpty();
    JsonNode pool = FULL.only("AWS::AutoScaling::WarmPool");
    String group = pool.get("AutoScalingGroupName").get("Ref").asText();
    assertThat(FULL.resources(GROUP).get(group).get("Properties").has("MixedInstancesPolicy"))
        .as("which excludes a warm pool")
        .isFalse();
    assertThat(pool.get("PoolState").asText()).isEqualTo("Stopped");
    assertThat(pool.get("MinSize").asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(names = {"DEFAULT", "FULL"})
  void keepsTheMetricsOfIdleQueuesFresh(Deployment deployment) {
    assertThat(deployment.properties("AWS::Scheduler::Schedule"))
        .filteredOn(schedule -> schedule.get("Description").asText().startsWith("Keeps the queue"))
        // Each endpoint has a queue of jobs that may wait beside the other.
        .hasSize(2 * deployment.properties(TASK).size())
        .allSatisfy(
            schedule -> {
              assertThat(schedule.get("ScheduleExpression").asText()).isEqualTo("rate(1 hour)");
              // Schedules may not call read-only actions.
              assertThat(schedule.get("Target").get("Arn").asText())
                  .endsWith("aws-sdk:sqs:tagQueue");
              assertThat(
                      deployment.statements(schedule.get("Target").get("RoleArn")).stream()
                          .flatMap(statement -> Deployment.texts(statement.get("Action")).stream()))
                  .containsExactly("sqs:TagQueue");
            });
  }

  @ParameterizedTest
  @EnumSource(names = {"DEFAULT", "FULL"})
  void makesServicesOnceTheClusterKnowsTheirCapacity(Deployment deployment) {
    String association =
        deployment
            .resources("AWS::ECS::ClusterCapacityProviderAssociations")
            .keySet()
            .iterator()
            .next();
    assertThat(deployment.resources("AWS::ECS::Service").values())
        .isNotEmpty()
        .allSatisfy(
            service ->
                assertThat(Deployment.texts(service.get("DependsOn"))).contains(association));
  }

  @Test
  void tellsContainersOfSpotInstancesThatTheseAreTakenAway() {
    assertThat(userData("allServiceGpu", DEFAULT))
        .contains("ECS_ENABLE_SPOT_INSTANCE_DRAINING=true");
    assertThat(userData("allFallbackGpu", DEFAULT)).doesNotContain("SPOT");
  }

  private static String userData(String idPart, Deployment deployment) {
    return deployment.resources("AWS::EC2::LaunchTemplate").entrySet().stream()
        .filter(template -> template.getKey().contains(idPart))
        .map(template -> template.getValue().findValue("UserData").toString())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void startsWithTheTasksThatAlwaysRun() {
    assertThat(desired("faces")).isEqualTo(1);
    assertThat(desired("faces-on-demand")).isZero();
    assertThat(desired("rest")).isZero();
  }

  private static int desired(String service) {
    return FULL.properties("AWS::ECS::Service").stream()
        .filter(properties -> properties.get("ServiceName").asText().equals(service))
        .findFirst()
        .orElseThrow()
        .get("DesiredCount")
        .asInt();
  }

  @Test
  void scalesByTheRoleThatAutoScalingHasForEcs() {
    assertThat(DEFAULT.properties(TARGET))
        .allMatch(
            target ->
                target
                    .get("RoleARN")
                    .toString()
                    .contains("AWSServiceRoleForApplicationAutoScaling_ECSService"));
  }
}
