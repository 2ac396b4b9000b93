package org.touchstone.local.stack;

import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.ConfigProvider;
import org.touchstone.batches.BatchesHandler;
import org.touchstone.detectors.inference.OnnxSettings;
import org.touchstone.domain.EnsembleDetector;
import org.touchstone.domain.Roster;
import org.touchstone.domain.account.KeyText;
import org.touchstone.domain.webhook.DeliveryTask;
import org.touchstone.domain.workflow.FailureInput;
import org.touchstone.domain.workflow.ResolveInput;
import org.touchstone.domain.workflow.VoteInput;
import org.touchstone.intake.AnalysisService;
import org.touchstone.judge.job.JudgeEnvironment;
import org.touchstone.judge.job.JudgeHandler;
import org.touchstone.judge.settings.JudgeSettings;
import org.touchstone.local.roster.EndpointPlan;
import org.touchstone.local.roster.ManifestFacts;
import org.touchstone.local.roster.RosterBuilder;
import org.touchstone.models.ModelStore;
import org.touchstone.partners.PartnersHandler;
import org.touchstone.resolver.ResolveHandler;
import org.touchstone.storage.AccountStore;
import org.touchstone.storage.AnalysisStore;
import org.touchstone.storage.AuditLog;
import org.touchstone.storage.BatchQueue;
import org.touchstone.storage.BatchStore;
import org.touchstone.storage.DeliveryStore;
import org.touchstone.storage.EventQueue;
import org.touchstone.storage.KeyStore;
import org.touchstone.storage.MediaStore;
import org.touchstone.storage.ObjectStore;
import org.touchstone.storage.PolicyStore;
import org.touchstone.storage.RosterStore;
import org.touchstone.storage.SessionStore;
import org.touchstone.storage.StoredDelivery;
import org.touchstone.storage.TaskCallback;
import org.touchstone.telemetry.Metrics;
import org.touchstone.upkeep.SweepHandler;
import org.touchstone.voting.EndLostJobHandler;
import org.touchstone.voting.RecordFailureHandler;
import org.touchstone.voting.VoteHandler;
import org.touchstone.webhooks.WebhooksHandler;
import software.amazon.awssdk.services.sfn.SfnClient;

/** Connects the functions with the servers, starts the workers and runs the command. */
public class LocalApplication implements QuarkusApplication {
  private static final int DEAD_LETTERS_IN_A_CALL = 10;
  private static final int BATCH_MESSAGES_IN_A_CALL = 10;
  private static final int PARTNER_JOBS_AT_ONCE = 4;
  private static final int JUDGE_JOBS_AT_ONCE = 2;

  /** More than one receiver may have under way, so that a slow one delays no other. */
  private static final int EVENTS_AT_ONCE = 16;

  /** Oftener than on AWS, where each call is paid: whoever deletes a file here looks for it. */
  private static final Duration BETWEEN_SWEEPS = Duration.ofMinutes(1);

  @Inject AnalysisService service;
  @Inject AccountStore accounts;
  @Inject KeyStore keys;
  @Inject SessionStore sessions;
  @Inject AuditLog audit;
  @Inject ResolveHandler resolve;
  @Inject VoteHandler vote;
  @Inject RecordFailureHandler recordFailure;
  @Inject EndLostJobHandler endLostJob;
  @Inject PartnersHandler partners;
  @Inject BatchesHandler batches;
  @Inject BatchStore batchStore;
  @Inject BatchQueue batchQueue;
  @Inject WebhooksHandler webhooks;
  @Inject DeliveryStore deliveries;
  @Inject EventQueue events;
  @Inject SweepHandler sweep;
  @Inject ObjectStore objects;
  @Inject AnalysisStore analyses;
  @Inject MediaStore media;
  @Inject PolicyStore policies;
  @Inject SfnClient stepFunctions;
  @Inject Metrics metrics;

  @Override
  public int run(String... args) {
    LocalStack stack = LocalStack.running();
    stack.rememberS3();
    stack.files().policy().ifPresent(policy -> policies.save(policy.version(), policy.json()));
    Roster installed = roster(stack.options());
    Roster roster =
        stack
            .files()
            .recogniser()
            .map(
                service ->
                    RosterBuilder.withService(
                        installed, EnsembleDetector.TRANSCRIPT.name(), service.version()))
            .orElse(installed);
    RosterStore rosters = new RosterStore(objects);
    rosters.saveFacts(
        stack.options().workers() > 0
            ? ManifestFacts.of(new ModelStore(stack.options().models()))
            : List.of());
    rosters.update(() -> roster);
    InProcessFunctions functions = stack.workflow().functions();
    functions.register(Workflow.RESOLVE, ResolveInput.class, resolve);
    functions.register(Workflow.VOTE, VoteInput.class, vote);
    functions.register(Workflow.RECORD_FAILURE, FailureInput.class, recordFailure);
    for (String queueUrl : stack.queues().deadLetterUrls()) {
      FunctionQueue.consume(
          stack.queues().client(),
          queueUrl,
          DEAD_LETTERS_IN_A_CALL,
          1,
          event -> endLostJob.handleRequest(event, null));
    }
    FunctionQueue.consume(
        stack.queues().client(),
        stack.queues().batchesUrl(),
        BATCH_MESSAGES_IN_A_CALL,
        1,
        event -> batches.handleRequest(event, null));
    new OpenBatches(accounts, batchStore, batchQueue).resume();
    FunctionQueue.consume(
        stack.queues().client(),
        stack.queues().eventsUrl(),
        1,
        EVENTS_AT_ONCE,
        event -> webhooks.handleRequest(event, null));
    Thread.ofPlatform().daemon().name("pending-deliveries").start(this::resumeDeliveries);
    if (stack.files().voters().isPresent()) {
      FunctionQueue.consume(
          stack.queues().client(),
          stack.queues().partners(),
          PARTNER_JOBS_AT_ONCE,
          event -> partners.handleRequest(event, null));
    }
    stack.files().judge().ifPresent(settings -> judge(stack, settings));
    FunctionSchedule.every("sweep", BETWEEN_SWEEPS, () -> sweep.handleRequest(Map.of(), null));
    if (stack.options().workers() > 0) {
      Workers.start(
          new Workers.Aws(stack.queues().client(), stepFunctions, objects, media, analyses),
          stack.queues(),
          stack.options().models(),
          stack.files().recogniser(),
          stack.options().workers(),
          stack.workFolder(),
          // analyze ends after a few runs; up goes on.
          stack.options().api().isPresent()
              ? OnnxSettings.DEFAULT
              : OnnxSettings.DEFAULT.forFewRuns());
    }
    URI api = api(stack);
    if (api != null) {
      stack.rememberApi(api);
    }
    Optional<LocalBot> bot = bot(stack, api);
    try {
      return stack
          .work()
          .run(
              new RunningStack(
                  service,
                  newKey(stack),
                  signIn(stack, api),
                  stack.workflow().events(),
                  stack.addresses(api),
                  bot));
    } finally {
      stack.workflow().close();
    }
  }

  /** The bot, which is at work already if accounts of it are configured. */
  private Optional<LocalBot> bot(LocalStack stack, URI api) {
    StackOptions.Bot given = stack.options().bot();
    if (api == null) {
      return Optional.empty();
    }
    LocalBot bot = new LocalBot(stack.folder(), objects, metrics, api, InstantSource.system());
    BotFile file = stack.files().bot();
    if (stack.network().isPresent()) {
      bot.run(given, file, stack.network().get(), stack.emptyRecords(), stack.workflow().events());
    } else if (!file.settings().platforms().isEmpty()) {
      bot.run(given, file, stack.workflow().events());
    }
    return Optional.of(bot);
  }

  private Optional<URI> signIn(LocalStack stack, URI api) {
    return api == null || stack.options().api().filter(StackOptions.Api::open).isPresent()
        ? Optional.empty()
        : Optional.of(
            api.resolve(
                "/signin/"
                    + new LocalKeys(accounts, keys, audit, InstantSource.system())
                        .signIn(sessions)));
  }

  /** The queue did not outlive the last process; what was to be delivered did. */
  private void resumeDeliveries() {
    for (StoredDelivery delivery : deliveries.pending()) {
      events.send(
          new DeliveryTask(
              delivery.accountId(),
              delivery.webhookId(),
              delivery.id(),
              delivery.attempts().size()),
          Duration.ZERO);
    }
  }

  private void judge(LocalStack stack, JudgeSettings settings) {
    JudgeHandler judge =
        new JudgeHandler(
            new TaskCallback(stepFunctions),
            JudgeEnvironment.transcripts(
                settings,
                JudgeFile.secrets(stack.options().judge().secrets()),
                objects,
                InstantSource.system()));
    FunctionQueue.consume(
        stack.queues().client(),
        stack.queues().judge(),
        JUDGE_JOBS_AT_ONCE,
        event -> judge.handleRequest(event, null));
  }

  /** What the workers of this process run; what containers elsewhere run is not known. */
  private static Roster roster(StackOptions options) {
    EndpointPlan plan = EndpointPlan.ofThisMachine(options.cpuSeconds());
    return options.workers() > 0
        ? new RosterBuilder(new ModelStore(options.models())).roster(plan)
        : RosterBuilder.unknown(plan);
  }

  private Optional<String> newKey(LocalStack stack) {
    LocalKeys local = new LocalKeys(accounts, keys, audit, InstantSource.system());
    local.openAccount();
    return stack.options().api().filter(StackOptions.Api::showsFirstKey).isPresent()
        ? local.first().map(KeyText::reveal)
        : Optional.empty();
  }

  /**
   * Stops the workflow before the functions' beans are destroyed. Otherwise a function that fails
   * for lack of them would be recorded as a failed analysis; it should continue at the next start.
   */
  void suspend(@Observes @Priority(1) ShutdownEvent event) {
    LocalStack.running().workflow().close();
  }

  private static URI api(LocalStack stack) {
    return stack
        .options()
        .api()
        .map(
            served -> {
              // With port 0, Quarkus writes the port it got back into its configuration.
              int actual = ConfigProvider.getConfig().getValue("quarkus.http.port", Integer.class);
              return URI.create("http://127.0.0.1:" + actual);
            })
        .orElse(null);
  }
}
