package org.touchstone.local.stack;

import io.quarkus.runtime.Quarkus;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.touchstone.domain.Json;
import org.touchstone.domain.Roster;
import org.touchstone.emulators.access.AccessKey;
import org.touchstone.emulators.access.AccessKeys;
import org.touchstone.emulators.aws.EmbeddedS3;
import org.touchstone.emulators.aws.ServerFolderException;
import org.touchstone.emulators.social.simulator.Simulator;
import org.touchstone.partners.voter.Voter;
import org.touchstone.resolver.probe.BundledFfmpeg;
import org.touchstone.resolver.probe.Ffprobe;
import org.touchstone.storage.ObjectStore;

/**
 * The whole system in this process: S3, SQS and Step Functions servers on loopback, the functions,
 * and workers for their queues. One stack at a time.
 */
public final class LocalStack implements AutoCloseable {
  static final String BUCKET = "touchstone";
  private static final String TRIAL_BUCKET = "touchstone-trial";

  /** Fewer than are resolved at once: some places are left for others. */
  private static final int BATCH_LINES_AT_ONCE = 16;

  private static final String WORK = "work";
  static final String ACCESS_KEY_ID = "touchstone";

  /** The running stack. Quarkus creates the application, which finds its stack here. */
  private static final AtomicReference<LocalStack> RUNNING = new AtomicReference<>();

  private final StackOptions options;
  private final StackFiles files;
  private final DataFolder data;
  private final DataRoom room;
  private final EmbeddedS3 s3;
  private final Queues queues;
  private final Workflow workflow;
  private final Simulator network;
  private final AtomicReference<Work> work = new AtomicReference<>();

  /** The work of a command once the stack is running; returns the exit code. */
  @FunctionalInterface
  public interface Work {
    int run(RunningStack session);
  }

  private LocalStack(
      StackOptions options,
      StackFiles files,
      DataFolder data,
      DataRoom room,
      EmbeddedS3 s3,
      Queues queues,
      Workflow workflow,
      Simulator network) {
    this.options = options;
    this.files = files;
    this.data = data;
    this.room = room;
    this.s3 = s3;
    this.queues = queues;
    this.workflow = workflow;
    this.network = network;
  }

  /**
   * Starts the servers.
   *
   * @throws StackException when a problem with this machine prevents the start
   */
  public static LocalStack start(StackOptions options) {
    StackFiles files = StackFiles.read(options);
    DataFolder data = DataFolder.open(options.data());
    AccessKeys keys = AccessKeys.of(new AccessKey(ACCESS_KEY_ID, data.secret()));
    CompletableFuture<Queues> queuesStart =
        CompletableFuture.supplyAsync(() -> Queues.start(data.rememberedPort(), keys));
    CompletableFuture<Ffprobe.Executable> ffprobe =
        CompletableFuture.supplyAsync(() -> BundledFfmpeg.unpack(data.folder("ffmpeg")).ffprobe());
    try {
      EmbeddedS3 s3 = EmbeddedS3.onDisk(data.folder("s3"), 0, keys);
      s3.createBucket(BUCKET);
      Queues queues = queuesStart.join();
      data.rememberPort(queues.endpoint().getPort());
      Ffprobe.Executable ffprobeFound = ffprobe.join();
      // Folders of jobs that a killed process was at work on.
      data.emptyFolder(WORK);
      DataRoom room = new DataRoom(data.root());
      Workflow workflow =
          Workflow.start(
              data.isKept() ? data.folder("executions") : null,
              queues.client(),
              queues.endedUrls(),
              keys,
              room);
      try {
        LocalStack stack =
            new LocalStack(
                options, files, data, room, s3, queues, workflow, network(options.bot()));
        stack.configure(ffprobeFound);
        room.watch();
        Housekeeping.start(s3.client(), BUCKET);
        return stack;
      } catch (RuntimeException e) {
        workflow.close();
        throw e;
      }
    } catch (ServerFolderException e) {
      data.close();
      throw new StackException(e.getMessage(), e);
    } catch (CompletionException | IllegalStateException | UncheckedIOException e) {
      data.close();
      throw new StackException("The embedded services cannot start: " + e.getMessage(), e);
    }
  }

  /** The simulated network; null without one. */
  private static Simulator network(StackOptions.Bot bot) {
    if (bot == null || bot.simulatorPort() == null) {
      return null;
    }
    try {
      return new Simulator(
          bot.simulatorPort(), StackOptions.Bot.SIMULATED_NAME, InstantSource.system());
    } catch (UncheckedIOException e) {
      throw new StackException(
          "The simulated network's port is in use; choose another with --bot-simulator=PORT.", e);
    }
  }

  /** Writes the configuration that the functions read from their environment on AWS. */
  private void configure(Ffprobe.Executable ffprobe) {
    Map<String, String> config = new HashMap<>();
    config.put("touchstone.bucket", BUCKET);
    config.put("touchstone.state-machine-arn", workflow.arn());
    queues
        .gpu()
        .forEach(
            (track, queue) ->
                config.put(
                    "touchstone.queues." + track.code(),
                    "%s%s=%s,%s=%s"
                        .formatted(
                            Queues.CPU_PREFIX,
                            track.code(),
                            queues.cpu().get(track).setting(),
                            track.code(),
                            queue.setting())));
    files.policy().ifPresent(p -> config.put("touchstone.voting.policy", p.version()));
    if (options.platformKeys() != null) {
      config.put("touchstone.platforms.secrets-file", options.platformKeys().toString());
    }
    files.voters().ifPresent(file -> configure(config, file));
    files
        .judge()
        .ifPresent(
            settings -> {
              config.put("touchstone.queues.judge", queues.judge().setting());
              config.put("touchstone.queues.judge-third-party", settings.thirdParty().toString());
            });
    config.put("touchstone.queues.events", queues.eventsUrl());
    config.put("touchstone.queues.batches", queues.batchesUrl());
    config.put("touchstone.batches.at-once", Integer.toString(BATCH_LINES_AT_ONCE));
    config.put("touchstone.trust.folder", options.trust().toString());
    config.put("touchstone.fetch.allow-private", Boolean.toString(options.allowPrivate()));
    if (network != null) {
      config.put("touchstone.fetch.opened", network.uri().toString());
    }
    config.put("touchstone.media.work-folder", data.emptyFolder("incoming").toString());
    config.put("touchstone.ffprobe.path", ffprobe.path());
    if (ffprobe.libraryPath() != null) {
      config.put("touchstone.ffprobe.library-path", ffprobe.libraryPath());
    }
    config.put("touchstone.account", LocalKeys.ACCOUNT);
    config.put(
        "touchstone.api.open",
        Boolean.toString(options.api().filter(StackOptions.Api::open).isPresent()));
    // Plain HTTP, on which a key could be overheard: never open it to other machines.
    config.put("quarkus.http.host", "127.0.0.1");
    config.put("quarkus.http.host-enabled", Boolean.toString(options.api().isPresent()));
    config.put("quarkus.http.port", options.api().map(StackOptions.Api::port).orElse(0).toString());
    // With port 0, Quarkus writes the port it got back into its configuration.
    config.put("touchstone.public-url", "http://127.0.0.1:${quarkus.http.port}/");
    config.forEach(System::setProperty);
  }

  private void configure(Map<String, String> config, VotersFile file) {
    config.put("touchstone.partners.voters", file.json());
    config.put("touchstone.partners.secrets-file", options.voterSecrets().toString());
    config.put("touchstone.partners.allow-private", Boolean.toString(options.allowPrivate()));
    config.put("touchstone.partners.work-folder", data.emptyFolder("partners").toString());
    options
        .api()
        .flatMap(StackOptions.Api::publicUrl)
        .ifPresent(url -> config.put("touchstone.partners.public-url", url.toString()));
    config.put("touchstone.queues.partners", queues.partners().setting());
    config.put(
        "touchstone.queues.partners-voters",
        Json.string(
            new Roster.Endpoint(
                Roster.PARTNERS, file.voters().stream().map(Voter::detector).toList())));
  }

  /** Starts the functions and the workers, does the work, and stops them again. */
  public int run(Work toDo) {
    if (!RUNNING.compareAndSet(null, this)) {
      throw new StackException("A stack is already running in this process.");
    }
    work.set(toDo);
    AtomicInteger exitCode = new AtomicInteger();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    try {
      Quarkus.run(
          LocalApplication.class,
          (code, thrown) -> {
            exitCode.set(code);
            failure.set(thrown);
          });
    } finally {
      RUNNING.set(null);
    }
    if (failure.get() != null) {
      throw new StackException(rootMessage(failure.get()), failure.get());
    }
    return exitCode.get();
  }

  private static String rootMessage(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root instanceof BindException
        ? "The API's port is in use; choose another with --port."
        : "Touchstone cannot start: " + root.getMessage();
  }

  /** Whether the running stack has room for more data. */
  public static DataRoom room() {
    return running().room;
  }

  static LocalStack running() {
    LocalStack stack = RUNNING.get();
    if (stack == null) {
      throw new IllegalStateException("no stack is running");
    }
    return stack;
  }

  StackOptions options() {
    return options;
  }

  Work work() {
    return work.get();
  }

  EmbeddedS3 s3() {
    return s3;
  }

  /** The files that the options name. */
  StackFiles files() {
    return files;
  }

  Queues queues() {
    return queues;
  }

  /** Lets other commands on this data folder find the store while this process has it. */
  void rememberS3() {
    data.rememberS3(s3.endpoint());
  }

  /** Lets programs of this machine's owner find the API. */
  void rememberApi(URI address) {
    data.rememberApi(address);
  }

  Workflow workflow() {
    return workflow;
  }

  /** The simulated network; empty without one. */
  Optional<Simulator> network() {
    return Optional.ofNullable(network);
  }

  /** An empty bucket for what the bot keeps of a trial or of the simulated network. */
  ObjectStore emptyRecords() {
    s3.createBucket(TRIAL_BUCKET);
    ObjectStore records = new ObjectStore(s3.client(), TRIAL_BUCKET);
    records.list("").forEach(records::delete);
    return records;
  }

  /** The folder of all data. */
  Path folder() {
    return data.root();
  }

  Path workFolder() {
    return data.folder(WORK);
  }

  Addresses addresses(URI api) {
    Map<String, URI> urls = new TreeMap<>();
    queues.urlsByEndpoint().forEach((endpoint, url) -> urls.put(endpoint, URI.create(url)));
    return new Addresses(
        api,
        s3.endpoint(),
        queues.endpoint(),
        workflow.endpoint(),
        workflow.arn(),
        BUCKET,
        urls,
        EmbeddedS3.REGION.id(),
        s3.credentials().accessKeyId(),
        s3.credentials().secretAccessKey(),
        network().map(Simulator::uri).orElse(null));
  }

  /**
   * Closes what outlives the process. The servers are left open: they end with the process, and
   * closing them would wait for pending polls.
   */
  @Override
  public void close() {
    workflow.close();
    room.close();
    data.close();
  }
}
