package org.touchstone.infra;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.touchstone.infra.api.PublicApi;
import org.touchstone.infra.artefacts.Artefacts;
import org.touchstone.infra.config.DeploymentConfig;
import org.touchstone.infra.config.GpuEndpointConfig;
import org.touchstone.infra.config.GpuEndpointConfig.Track;
import org.touchstone.infra.contract.FunctionSpec;
import org.touchstone.infra.contract.Grant;
import org.touchstone.infra.contract.Setting;
import org.touchstone.infra.contract.TouchstoneMetrics;
import org.touchstone.infra.egress.Egress;
import org.touchstone.infra.endpoint.DetectorEndpoint;
import org.touchstone.infra.endpoint.GpuNetwork;
import org.touchstone.infra.endpoint.JobQueue;
import org.touchstone.infra.functions.Functions;
import org.touchstone.infra.observability.Observability;
import org.touchstone.infra.partners.Partners;
import org.touchstone.infra.security.Permissions;
import org.touchstone.infra.storage.MediaStorage;
import org.touchstone.infra.storage.PlatformKeySecrets;
import org.touchstone.infra.workflow.Announcements;
import org.touchstone.infra.workflow.DetectionWorkflow;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.lambda.IFunction;
import software.amazon.awscdk.services.lambda.eventsources.SqsEventSource;
import software.amazon.awscdk.services.sqs.IQueue;
import software.amazon.awscdk.services.sqs.Queue;
import software.constructs.Construct;

/** The whole stack: storage, endpoints' queues, functions, the workflow, endpoints, the API. */
public final class TouchstoneStack extends Stack {
  /** The id of the first account, to which belongs what was stored before there were others. */
  private static final String ACCOUNT = "default";

  public TouchstoneStack(
      Construct scope, String id, StackProps props, DeploymentConfig config, Artefacts artefacts) {
    super(scope, id, props);
    MediaStorage storage = new MediaStorage(this, "MediaStorage", config);
    PlatformKeySecrets secrets =
        new PlatformKeySecrets(
            this, "PlatformSecrets", config.prefix(), config.secrets(), storage.key().orElse(null));
    Permissions permissions =
        new Permissions(storage.bucket(), storage.key().orElse(null), Map.of())
            .with(Grant.Target.SECRETS, secrets.arnPattern());
    Map<Setting, String> settings = new EnumMap<>(Setting.class);
    settings.put(Setting.BUCKET, storage.bucket().getBucketName());
    settings.put(Setting.METRICS_NAMESPACE, TouchstoneMetrics.NAMESPACE);
    settings.put(Setting.METRICS_DETAILED, String.valueOf(config.metrics().detailed()));
    settings.put(Setting.SECRETS_PREFIX, secrets.prefix());
    settings.put(Setting.ACCOUNT, ACCOUNT);
    settings.put(Setting.VOTING_POLICY, config.votingPolicy());

    Map<GpuEndpointConfig, JobQueue> queues = queues(config);
    settings.put(Setting.QUEUES_IMAGE, lanes(queues, Track.IMAGE));
    settings.put(Setting.QUEUES_VIDEO, lanes(queues, Track.VIDEO));
    settings.put(Setting.QUEUES_AUDIO, lanes(queues, Track.AUDIO));

    Partners partners =
        config.voters().isEmpty()
            ? null
            : new Partners(this, "Partners", config, storage.key().orElse(null));
    if (partners != null) {
      settings.put(Setting.QUEUES_PARTNERS, partners.queue().getQueueUrl());
      settings.put(Setting.QUEUES_PARTNERS_VOTERS, partners.roster());
      settings.put(Setting.PARTNERS_VOTERS, partners.descriptions());
      settings.put(Setting.PARTNERS_SECRETS_PREFIX, partners.prefix());
    }

    Egress egress = config.egress() == null ? null : new Egress(this, "Egress", config);
    Functions functions = new Functions(this, "Functions", config, artefacts, egress);
    IFunction resolve = functions.add(FunctionSpec.RESOLVE, settings, permissions);
    IFunction vote = functions.add(FunctionSpec.VOTE, settings, permissions);
    IFunction recordFailure = functions.add(FunctionSpec.RECORD_FAILURE, settings, permissions);

    Announcements announcements = new Announcements(this, "Announcements", config);
    DetectionWorkflow workflow =
        new DetectionWorkflow(
            this,
            "DetectionWorkflow",
            config,
            artefacts,
            new DetectionWorkflow.Steps(resolve, vote, recordFailure),
            Stream.concat(
                    queues.values().stream().<IQueue>map(JobQueue::queue),
                    Optional.ofNullable(partners).<IQueue>map(Partners::queue).stream())
                .toList(),
            announcements.bus());
    String arn = workflow.stateMachine().getStateMachineArn();
    settings.put(Setting.STATE_MACHINE_ARN, arn);
    Permissions withWorkflow = permissions.with(Grant.Target.WORKFLOW, arn);
    IFunction intake = functions.add(FunctionSpec.INTAKE, settings, withWorkflow);
    PublicApi api = new PublicApi(this, "PublicApi", config, intake);

    if (partners != null) {
      partners.workedBy(
          functions.add(
              FunctionSpec.PARTNERS,
              settings,
              withWorkflow.with(Grant.Target.SECRETS, partners.arnPattern())));
    }
    List<Queue> deadLetters =
        Stream.concat(
                queues.values().stream().map(JobQueue::deadLetters),
                Optional.ofNullable(partners).map(Partners::deadLetters).stream())
            .toList();
    if (!deadLetters.isEmpty()) {
      endLostJobs(functions.add(FunctionSpec.END_LOST_JOB, settings, withWorkflow), deadLetters);
    }
    List<DetectorEndpoint> endpoints = endpoints(config, queues, artefacts, withWorkflow);
    new Observability(
        this,
        "Observability",
        config,
        functions,
        workflow,
        api,
        queues,
        endpoints,
        Optional.ofNullable(partners));
    outputs(storage, workflow, api);
  }

  private Map<GpuEndpointConfig, JobQueue> queues(DeploymentConfig config) {
    Map<GpuEndpointConfig, JobQueue> queues = new LinkedHashMap<>();
    for (GpuEndpointConfig endpoint : config.endpoints()) {
      queues.put(endpoint, new JobQueue(this, "JobQueue-" + endpoint.name(), config, endpoint));
    }
    return queues;
  }

  /** The endpoints for a track, in the format that the resolver reads. */
  private static String lanes(Map<GpuEndpointConfig, JobQueue> queues, Track track) {
    return queues.entrySet().stream()
        .filter(endpoint -> endpoint.getKey().tracks().contains(track))
        .map(e -> e.getKey().lane(track) + "=" + e.getValue().queue().getQueueUrl())
        .collect(Collectors.joining(","));
  }

  private static void endLostJobs(IFunction function, List<Queue> deadLetters) {
    deadLetters.forEach(
        queue ->
            function.addEventSource(
                SqsEventSource.Builder.create(queue)
                    .batchSize(10)
                    .reportBatchItemFailures(true)
                    .build()));
  }

  private List<DetectorEndpoint> endpoints(
      DeploymentConfig config,
      Map<GpuEndpointConfig, JobQueue> queues,
      Artefacts artefacts,
      Permissions permissions) {
    if (queues.isEmpty()) {
      return List.of();
    }
    GpuNetwork network = new GpuNetwork(this, "GpuNetwork", config);
    List<DetectorEndpoint> endpoints = new ArrayList<>();
    queues.forEach(
        (endpoint, jobs) ->
            endpoints.add(
                new DetectorEndpoint(
                    this,
                    "DetectorEndpoint-" + endpoint.name(),
                    config,
                    endpoint,
                    network,
                    jobs,
                    artefacts,
                    permissions)));
    return endpoints;
  }

  private void outputs(MediaStorage storage, DetectionWorkflow workflow, PublicApi api) {
    output("ApiUrl", "Where the API is", api.url());
    output("BucketName", "Where everything is kept", storage.bucket().getBucketName());
    output("WorkflowArn", "The analysis workflow", workflow.stateMachine().getStateMachineArn());
  }

  private void output(String id, String description, String value) {
    CfnOutput.Builder.create(this, id).description(description).value(value).build();
  }
}
