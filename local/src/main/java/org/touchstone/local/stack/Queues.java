package org.touchstone.local.stack;

import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Roster;
import org.touchstone.emulators.access.AccessKeys;
import org.touchstone.emulators.aws.EmbeddedSqs;
import org.touchstone.emulators.aws.EmbeddedSqs.QueuePair;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The SQS server with the queues of each endpoint, and of whoever else does jobs. */
final class Queues {
  private static final Logger LOG = Logger.getLogger(Queues.class);
  private static final Duration VISIBILITY = Duration.ofSeconds(60);

  /** Longer than voters may take: their messages' visibility is not extended. */
  private static final Duration PARTNERS_VISIBILITY = Duration.ofSeconds(330);

  /** Longer than the judge may take, for the same reason. */
  private static final Duration JUDGE_VISIBILITY = Duration.ofSeconds(330);

  /** Longer than an attempt to deliver to a webhook takes. */
  private static final Duration EVENTS_VISIBILITY = Duration.ofSeconds(90);

  /** Longer than a call of the function that starts batches' analyses takes. */
  private static final Duration BATCHES_VISIBILITY = Duration.ofSeconds(120);

  /** Longer than a short fault of this machine: an event that is given up is never delivered. */
  private static final int MAX_RECEIVES_OF_EVENTS = 20;

  /** A job is given up after three lost workers. */
  private static final int MAX_RECEIVES = 3;

  /** Start of the names of the endpoints in the lane of CPUs. */
  static final String CPU_PREFIX = "cpu-";

  private final EmbeddedSqs server;
  private final SqsClient client;
  private final Map<Modality, JobQueue> queues = new EnumMap<>(Modality.class);
  private final Map<Modality, JobQueue> cpuQueues = new EnumMap<>(Modality.class);
  private final JobQueue partners;
  private final JobQueue judge;
  private final QueuePair events;
  private final QueuePair batches;

  private Queues(EmbeddedSqs server) {
    this.server = server;
    this.client = server.client();
    for (Modality modality : Modality.values()) {
      queues.put(modality, JobQueue.create(server, modality.code(), VISIBILITY, MAX_RECEIVES));
      cpuQueues.put(
          modality,
          JobQueue.create(server, CPU_PREFIX + modality.code(), VISIBILITY, MAX_RECEIVES));
    }
    partners = JobQueue.create(server, Roster.PARTNERS, PARTNERS_VISIBILITY, MAX_RECEIVES);
    judge = JobQueue.create(server, Roster.JUDGE, JUDGE_VISIBILITY, MAX_RECEIVES);
    events = server.createQueue("events", EVENTS_VISIBILITY, MAX_RECEIVES_OF_EVENTS);
    batches = server.createQueue("batches", BATCHES_VISIBILITY, MAX_RECEIVES_OF_EVENTS);
  }

  /**
   * Starts on the same port as last time, if it is free: executions that continue after a restart
   * hold queue URLs, which contain the port.
   */
  static Queues start(int lastPort, AccessKeys keys) {
    try {
      return new Queues(EmbeddedSqs.start(lastPort, keys));
    } catch (RuntimeException e) {
      LOG.debug("the port of the queues is taken", e);
      return new Queues(EmbeddedSqs.start(0, keys));
    }
  }

  URI endpoint() {
    return server.endpoint();
  }

  SqsClient client() {
    return client;
  }

  /** Queues of the lane that stands for GPUs, by the modality of their endpoints. */
  Map<Modality, JobQueue> gpu() {
    return Map.copyOf(queues);
  }

  /** Queues of the lane of CPUs, by the modality of their endpoints. */
  Map<Modality, JobQueue> cpu() {
    return Map.copyOf(cpuQueues);
  }

  /** URLs of the queues of jobs that somebody waits for, by the names of all endpoints. */
  Map<String, String> urlsByEndpoint() {
    Map<String, String> urls = new TreeMap<>();
    queues.forEach((modality, queue) -> urls.put(modality.code(), queue.url()));
    cpuQueues.forEach((modality, queue) -> urls.put(CPU_PREFIX + modality.code(), queue.url()));
    return urls;
  }

  /** Queues of voters of other organisations. */
  JobQueue partners() {
    return partners;
  }

  /** Queues of the judge of what is said. */
  JobQueue judge() {
    return judge;
  }

  /** URL of the queue of events for webhooks. */
  String eventsUrl() {
    return events.url();
  }

  /** URL of the queue of batches. */
  String batchesUrl() {
    return batches.url();
  }

  /** URLs of the queues that get a message when an analysis has ended. */
  List<String> endedUrls() {
    return List.of(events.url(), batches.url());
  }

  /** Queues of lost jobs, which end the jobs' steps; lost events have none. */
  List<String> deadLetterUrls() {
    return Stream.of(queues.values(), cpuQueues.values(), List.of(partners, judge))
        .flatMap(Collection::stream)
        .flatMap(JobQueue::deadLetterUrls)
        .toList();
  }
}
