package org.touchstone.infra;

import java.net.URI;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.touchstone.infra.api.ApiContract;
import org.touchstone.infra.api.PublicApi;
import org.touchstone.infra.api.SignIn;
import org.touchstone.infra.artefacts.Artefacts;
import org.touchstone.infra.batches.Batches;
import org.touchstone.infra.bot.MentionBot;
import org.touchstone.infra.buying.Buying;
import org.touchstone.infra.config.DeploymentConfig;
import org.touchstone.infra.config.Track;
import org.touchstone.infra.contract.FunctionSpec;
import org.touchstone.infra.contract.Grant;
import org.touchstone.infra.contract.Setting;
import org.touchstone.infra.contract.TouchstoneMetrics;
import org.touchstone.infra.egress.Egress;
import org.touchstone.infra.endpoint.Lanes;
import org.touchstone.infra.endpoint.Recogniser;
import org.touchstone.infra.functions.Functions;
import org.touchstone.infra.judge.Judge;
import org.touchstone.infra.observability.Observability;
import org.touchstone.infra.partners.Partners;
import org.touchstone.infra.queues.JobQueue;
import org.touchstone.infra.security.Permissions;
import org.touchstone.infra.storage.MediaStorage;
import org.touchstone.infra.storage.PlatformKeySecrets;
import org.touchstone.infra.upkeep.Upkeep;
import org.touchstone.infra.webhooks.Events;
import org.touchstone.infra.workflow.Announcements;
import org.touchstone.infra.workflow.DetectionWorkflow;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.IFunction;
import software.amazon.awscdk.services.lambda.eventsources.SqsEventSource;
import software.amazon.awscdk.services.sqs.IQueue;
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
    settings.put(Setting.BUCKET_VERSIONED, String.valueOf(config.storage().versioned()));
    settings.put(Setting.METRICS_NAMESPACE, TouchstoneMetrics.NAMESPACE);
    settings.put(Setting.METRICS_DETAILED, String.valueOf(config.metrics().detailed()));
    settings.put(Setting.SECRETS_PREFIX, secrets.prefix());
    settings.put(Setting.ACCOUNT, ACCOUNT);
    settings.put(Setting.VOTING_POLICY, config.votingPolicy());

    Events events = new Events(this, "Events", config);
    settings.put(Setting.QUEUES_EVENTS, events.queue().getQueueUrl());

    Lanes lanes = new Lanes(this, config);
    settings.put(Setting.QUEUES_IMAGE, lanes.queuesFor(Track.IMAGE));
    settings.put(Setting.QUEUES_VIDEO, lanes.queuesFor(Track.VIDEO));
    settings.put(Setting.QUEUES_AUDIO, lanes.queuesFor(Track.AUDIO));

    Partners partners =
        config.voters().isEmpty()
            ? null
            : new Partners(this, "Partners", config, storage.key().orElse(null));
    if (partners != null) {
      settings.put(Setting.QUEUES_PARTNERS, partners.jobs().urls());
      settings.put(Setting.QUEUES_PARTNERS_VOTERS, partners.roster());
      settings.put(Setting.PARTNERS_VOTERS, partners.descriptions());
      settings.put(Setting.PARTNERS_SECRETS_PREFIX, partners.prefix());
    }

    Judge judge =
        config.judge() == null
            ? null
            : new Judge(this, "Judge", config, storage.key().orElse(null));
    if (judge != null) {
      settings.put(Setting.QUEUES_JUDGE, judge.jobs().urls());
      settings.put(Setting.QUEUES_JUDGE_THIRD_PARTY, String.valueOf(config.judge().isThirdParty()));
    }

    List<JobQueue> queues = new ArrayList<>(lanes.queues());
    if (partners != null) {
      queues.add(partners.jobs());
    }

    Egress egress = config.egress() == null ? null : new Egress(this, "Egress", config);
    Functions functions = new Functions(this, "Functions", config, artefacts, egress);
    IFunction resolve =
        functions.add(
            FunctionSpec.RESOLVE,
            settings,
            permissions.with(Grant.Target.EVENTS_QUEUE, events.queue().getQueueArn()));
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
            queues.stream().<IQueue>flatMap(jobs -> Stream.of(jobs.queue(), jobs.bulk())).toList(),
            announcements.bus());
    if (judge != null) {
      // The workflow does not send to it: endpoints send jobs on.
      queues.add(judge.jobs());
    }
    String arn = workflow.stateMachine().getStateMachineArn();
    settings.put(Setting.STATE_MACHINE_ARN, arn);
    events.listenTo(announcements.bus(), workflow.stateMachine());
    Permissions withWorkflow =
        permissions
            .with(Grant.Target.WORKFLOW, arn)
            .with(Grant.Target.EXECUTIONS, workflow.executionArns())
            .with(Grant.Target.EVENTS_QUEUE, events.queue().getQueueArn());
    PublicApi api = new PublicApi(this, "PublicApi", config);
    String publicUrl = config.publicUrl() == null ? api.url() : config.publicUrl();
    settings.put(Setting.PUBLIC_URL, publicUrl);
    settings.put(Setting.API_CONCURRENCY, String.valueOf(config.api().concurrency()));
    storage.allowPages(origins(config, api));
    Batches batches = new Batches(this, "Batches", config, announcements.bus());
    settings.put(Setting.QUEUES_BATCHES, batches.queue().getQueueUrl());
    Permissions withBatches =
        withWorkflow.with(Grant.Target.BATCHES, batches.queue().getQueueArn());
    SignIn signIn =
        new SignIn(
            this, "SignIn", config.prefix(), config.api().signIn(), storage.key().orElse(null));
    signIn.tell(settings, config.api().signIn(), publicUrl);
    IFunction intake =
        functions.add(
            FunctionSpec.INTAKE,
            settings,
            withBatches.with(Grant.Target.SECRETS, signIn.arnPattern()));
    batches.workedBy(functions.add(FunctionSpec.BATCHES, settings, withBatches));
    IFunction callbacks =
        partners == null || !partners.areCallingBack()
            ? null
            : functions.add(
                FunctionSpec.CALLBACKS,
                settings,
                permissions.with(Grant.Target.QUEUE, partners.jobs().arns()));
    api.serve(ApiContract.parse(artefacts.contract(), artefacts.pages()), intake, callbacks);
    Buying buying =
        config.billing() == null
            ? null
            : new Buying(this, "Buying", config, storage.key().orElse(null));
    if (buying != null) {
      buying.work(config, functions, settings, permissions);
      api.serve(buying.routes(), buying.desk());
    }

    MentionBot bot =
        config.bot() == null
            ? null
            : new MentionBot(this, "MentionBot", config, storage.key().orElse(null));
    if (bot != null) {
      bot.work(config, functions, settings, permissions, publicUrl, announcements.bus());
      output("BotSecrets", "The start of the names of the bot's secrets", bot.secretsPrefix());
    }

    events.workedBy(functions.add(FunctionSpec.WEBHOOKS, settings, withWorkflow));

    new Upkeep(this, "Upkeep", config, functions.add(FunctionSpec.SWEEP, settings, withWorkflow));
    if (partners != null) {
      settings.put(Setting.PARTNERS_PUBLIC_URL, publicUrl);
      partners.workedBy(
          functions.add(
              FunctionSpec.PARTNERS,
              settings,
              withWorkflow
                  .with(Grant.Target.SECRETS, partners.arnPattern())
                  .with(Grant.Target.QUEUE, partners.jobs().arns())));
    }
    if (!queues.isEmpty()) {
      endLostJobs(functions.add(FunctionSpec.END_LOST_JOB, settings, withWorkflow), queues);
    }
    Recogniser recogniser =
        config.recogniser() == null
            ? null
            : new Recogniser(this, "Recogniser", config, storage.key().orElse(null));
    lanes.work(artefacts, withWorkflow, judge == null ? null : judge.jobs(), recogniser);
    Map<String, Function> others = new LinkedHashMap<>();
    lanes
        .cpu()
        .forEach(
            endpoint -> others.put("endpoint-" + endpoint.config().name(), endpoint.function()));
    if (judge != null) {
      judge.work(config, artefacts, withWorkflow);
      others.put("judge", judge.function());
    }
    Observability observability =
        new Observability(
            this,
            "Observability",
            config,
            functions,
            others,
            workflow,
            api,
            queues,
            batches,
            events,
            lanes);
    if (buying != null) {
      buying.alarms().forEach(observability::tell);
    }
    if (bot != null) {
      bot.alarms().forEach(observability::tell);
    }
    outputs(storage, workflow, api);
  }

  private static void endLostJobs(IFunction function, List<JobQueue> queues) {
    queues.forEach(
        jobs ->
            function.addEventSource(
                SqsEventSource.Builder.create(jobs.deadLetters())
                    .batchSize(10)
                    .reportBatchItemFailures(true)
                    .build()));
  }

  private static List<String> origins(DeploymentConfig config, PublicApi api) {
    Set<String> origins = new LinkedHashSet<>();
    origins.add(api.origin());
    if (config.publicUrl() != null) {
      URI address = URI.create(config.publicUrl());
      origins.add(address.getScheme() + "://" + address.getRawAuthority());
    }
    origins.addAll(config.api().origins());
    return List.copyOf(origins);
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
