package org.touchstone.infra.config;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.touchstone.infra.config.DeploymentConfig.ApiConfig;
import org.touchstone.infra.config.DeploymentConfig.EgressConfig;
import org.touchstone.infra.config.DeploymentConfig.FunctionsConfig;
import org.touchstone.infra.config.DeploymentConfig.Packaging;
import org.touchstone.infra.config.GpuEndpointConfig.ScheduleConfig;
import org.touchstone.infra.config.GpuEndpointConfig.Track;

/** The rules for a configuration beyond its types. */
final class ConfigRules {
  private static final int MAX_USD_PER_HOUR = 1000;

  /** Most media of a post, and most bytes of one job, as the resolver limits them. */
  private static final int MEDIA_OF_A_POST = 50;

  private static final int BYTES_OF_A_JOB = 1000;

  /** Step Functions' limit of 256 KiB for a result, less what Lambda adds to it. */
  private static final int BYTES_OF_ALL_JOBS = 250_000;

  /** Lambda's limit of 4 KiB for a function's environment, less what else is in it. */
  private static final int BYTES_OF_VOTERS = 3000;

  private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]+){1,3}-\\d");
  private static final Pattern PREFIX = Pattern.compile("[a-z][a-z0-9-]{0,18}[a-z0-9]");
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]{0,19}");
  private static final Pattern DETECTOR = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
  private static final Pattern GPU_TYPE = Pattern.compile("g(4dn|5|6|6e)\\.[0-9]*x?large");
  private static final Pattern POLICY = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+\\.[^@\\s]+");
  private static final Pattern HOST = Pattern.compile("\\.?([a-z0-9-]+\\.)+[a-z0-9-]{2,}");
  private static final Pattern IMAGE =
      Pattern.compile(
          "\\d{12}\\.dkr\\.ecr\\.[a-z0-9-]+\\.amazonaws\\.com/[a-z0-9/_.-]+"
              + "(:[A-Za-z0-9_.-]+|@sha256:[0-9a-f]{64})");
  private static final Pattern HTTPS = Pattern.compile("https://.+");
  private static final Pattern CERTIFICATE =
      Pattern.compile("arn:[a-z-]+:acm:[a-z0-9-]+:\\d{12}:certificate/[a-z0-9-]+");
  private static final Pattern LAYER =
      Pattern.compile("arn:[a-z-]+:lambda:[a-z0-9-]+:\\d{12}:layer:[A-Za-z0-9_-]+:\\d+");

  private final List<String> problems = new ArrayList<>();

  private ConfigRules() {}

  static List<String> problems(DeploymentConfig config) {
    ConfigRules rules = new ConfigRules();
    rules.check(config);
    return List.copyOf(rules.problems);
  }

  private void check(DeploymentConfig config) {
    matches("region", config.region(), REGION, "a region such as eu-central-1");
    matches("prefix", config.prefix(), PREFIX, "2 to 20 lower-case letters, digits and hyphens");
    between("storage.mediaDays", config.storage().mediaDays(), 1, 3650);
    between("storage.evidenceDays", config.storage().evidenceDays(), 0, 3650);
    int evidence = config.storage().evidenceDays();
    require(
        evidence == 0 || evidence >= config.storage().mediaDays(),
        "storage.evidenceDays: evidence must be kept at least as long as its media.");
    require(
        LogRetention.BY_DAYS.containsKey(config.logDays()),
        "logDays: CloudWatch keeps logs only for "
            + LogRetention.BY_DAYS.keySet().stream().sorted().toList()
            + " days.");
    matches("votingPolicy", config.votingPolicy(), POLICY, "the version of a voting policy");
    functions(config.functions());
    api(config.api());
    matches("alarms.email", config.alarms().email(), EMAIL, "an e-mail address");
    egress(config.egress());
    endpoints(config.endpoints());
    voters(config.voters());
    jobsFitIntoTheWorkflow(config.endpoints(), config.voters());
  }

  /** What the template needs of voters; the function that asks them checks the rest. */
  private void voters(List<VoterConfig> voters) {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < voters.size(); i++) {
      VoterConfig voter = voters.get(i);
      String key = "voters[" + i + "]";
      given(key + ".name", voter.name());
      matches(key + ".name", voter.name(), DETECTOR, "a detector's name");
      require(names.add(voter.name()), key + ".name: another voter already has this name.");
      require(!voter.tracks().isEmpty(), key + ".tracks: name the kinds of media to send.");
      require(
          voter.preset() != null || voter.provider() != null,
          key + ".provider: is missing, and so is a preset.");
      require(
          voter.preset() != null || voter.answer() != null,
          key + ".answer: is missing, and so is a preset.");
      require(
          voter.category() != null,
          key + ".category: is missing. Say what it looks for, such as generative or faces.");
      matches(key + ".secret", voter.secret(), DETECTOR, "a name of lower-case letters and digits");
      matches(key + ".address", voter.address(), HTTPS, "an address that begins with https://");
    }
    String json = VoterConfig.json(voters);
    int bytes = json.getBytes(StandardCharsets.UTF_8).length;
    require(
        bytes <= BYTES_OF_VOTERS,
        "voters: their descriptions have "
            + bytes
            + " bytes in JSON; a function's environment has room for "
            + BYTES_OF_VOTERS
            + ".");
    require(!json.contains("${"), "voters: a description must not contain \"${\"; write \"$ {\".");
  }

  private void functions(FunctionsConfig functions) {
    matches("functions.resolverImage", functions.resolverImage(), IMAGE, "an image in ECR");
    matches("functions.ffmpegLayer", functions.ffmpegLayer(), LAYER, "a layer version's ARN");
    boolean zip = functions.resolver() == Packaging.ZIP;
    require(
        !zip || functions.ffmpegLayer() != null,
        "functions.ffmpegLayer: a zip resolver needs ffmpeg from a layer.");
    require(
        zip || functions.ffmpegLayer() == null,
        "functions.ffmpegLayer: only a zip resolver accepts a layer.");
    require(
        !zip || functions.resolverImage() == null,
        "functions.resolverImage: a zip resolver does not have an image.");
  }

  private void api(ApiConfig api) {
    between("api.requestsPerSecond", api.requestsPerSecond(), 1, 10_000);
    between("api.burst", api.burst(), 1, 5_000);
    if (api.domain() != null) {
      given("api.domain.name", api.domain().name());
      given("api.domain.certificate", api.domain().certificate());
      matches("api.domain.name", api.domain().name(), HOST, "a host name");
      matches("api.domain.certificate", api.domain().certificate(), CERTIFICATE, "an ACM ARN");
    }
  }

  private void egress(EgressConfig egress) {
    if (egress == null) {
      return;
    }
    require(
        egress.allow().isEmpty() != egress.deny().isEmpty(),
        "egress: give either allow or deny, with at least one name.");
    egress.allow().forEach(name -> matches("egress.allow", name, HOST, "a host name"));
    egress.deny().forEach(name -> matches("egress.deny", name, HOST, "a host name"));
  }

  private void endpoints(List<GpuEndpointConfig> endpoints) {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < endpoints.size(); i++) {
      GpuEndpointConfig endpoint = endpoints.get(i);
      String key = "endpoints[" + i + "]";
      given(key + ".name", endpoint.name());
      matches(key + ".name", endpoint.name(), NAME, "1 to 20 lower-case letters and digits");
      require(names.add(endpoint.name()), key + ".name: another endpoint already has this name.");
      require(
          !"partners".equals(endpoint.name()),
          key + ".name: partners is the name under which voters report.");
      endpoint(key, endpoint);
    }
    separateDetectors(endpoints);
  }

  /** A video with sound gives a job to each endpoint for videos and to each for audio. */
  private void jobsFitIntoTheWorkflow(List<GpuEndpointConfig> endpoints, List<VoterConfig> voters) {
    // All voters share one job for a medium.
    long images = serving(endpoints, Track.IMAGE).size() + asked(voters, Track.IMAGE);
    long videos =
        serving(endpoints, Track.VIDEO).size()
            + serving(endpoints, Track.AUDIO).size()
            + asked(voters, Track.VIDEO);
    long most = BYTES_OF_ALL_JOBS / (MEDIA_OF_A_POST * BYTES_OF_A_JOB);
    require(
        images <= most,
        "endpoints: "
            + images
            + " process images; more than "
            + most
            + " would give a post more jobs than Step Functions can pass on.");
    require(
        videos <= most,
        "endpoints: those for video and those for audio are "
            + videos
            + " together; more than "
            + most
            + " would give a post more jobs than Step Functions can pass on.");
  }

  private static int asked(List<VoterConfig> voters, Track track) {
    return voters.stream().anyMatch(voter -> voter.tracks().contains(track)) ? 1 : 0;
  }

  private static List<GpuEndpointConfig> serving(List<GpuEndpointConfig> endpoints, Track track) {
    return endpoints.stream().filter(e -> e.tracks().contains(track)).toList();
  }

  private void endpoint(String key, GpuEndpointConfig endpoint) {
    require(!endpoint.tracks().isEmpty(), key + ".tracks: at least one is needed.");
    require(
        Set.copyOf(endpoint.tracks()).size() == endpoint.tracks().size(),
        key + ".tracks: a track is listed twice.");
    endpoint
        .detectors()
        .forEach(name -> matches(key + ".detectors", name, DETECTOR, "a detector's name"));
    endpoint.models().forEach(name -> matches(key + ".models", name, DETECTOR, "a model's name"));
    require(!endpoint.instanceTypes().isEmpty(), key + ".instanceTypes: at least one is needed.");
    endpoint
        .instanceTypes()
        .forEach(
            type ->
                matches(key + ".instanceTypes", type, GPU_TYPE, "a type of g4dn, g5, g6 or g6e"));
    between(key + ".min", endpoint.min(), 0, 100);
    between(key + ".max", endpoint.max(), 1, 100);
    require(endpoint.min() <= endpoint.max(), key + ".min: must not be more than max.");
    between(key + ".spotShare", endpoint.spotShare(), 0, 100);
    between(key + ".backlogPerTask", endpoint.backlogPerTask(), 1, 10_000);
    between(key + ".idleMinutes", endpoint.idleMinutes(), 1, 15);
    between(key + ".concurrency", endpoint.concurrency(), 1, 64);
    between(key + ".warmInstances", endpoint.warmInstances(), 0, 20);
    require(
        endpoint.warmInstances() == 0
            || (endpoint.spotShare() == 0 && endpoint.instanceTypes().size() == 1),
        key
            + ".warmInstances: EC2 cannot keep spot instances or mixed types warm;"
            + " set spotShare: 0 and one instance type.");
    require(
        endpoint.usdPerHour() == null
            || (endpoint.usdPerHour() >= 0 && endpoint.usdPerHour() <= MAX_USD_PER_HOUR),
        key + ".usdPerHour: is not between 0 and " + MAX_USD_PER_HOUR + ".");
    matches(key + ".image", endpoint.image(), IMAGE, "an image in ECR");
    for (ScheduleConfig change : endpoint.schedule()) {
      schedule(key + ".schedule", change);
    }
  }

  private void schedule(String key, ScheduleConfig change) {
    given(key + ".cron", change.cron());
    require(
        change.cron() == null || change.cron().trim().split("\\s+").length == 6,
        key + ".cron: needs six fields, such as \"0 7 ? * MON-FRI *\".");
    if (change.min() == null || change.max() == null) {
      problems.add(key + ": needs min and max.");
      return;
    }
    between(key + ".min", change.min(), 0, 100);
    between(key + ".max", change.max(), 0, 100);
    require(change.min() <= change.max(), key + ".min: must not be more than max.");
  }

  /** A detector that ran at two endpoints would vote twice. */
  private void separateDetectors(List<GpuEndpointConfig> endpoints) {
    for (Track track : Track.values()) {
      List<GpuEndpointConfig> serving = serving(endpoints, track);
      if (serving.size() < 2) {
        continue;
      }
      Set<String> taken = new HashSet<>();
      for (GpuEndpointConfig endpoint : serving) {
        String where = "endpoints." + endpoint.name() + ".detectors: ";
        require(
            !endpoint.detectors().isEmpty(),
            where
                + "several endpoints process "
                + track.name().toLowerCase(Locale.ROOT)
                + ", so each must name its detectors.");
        for (String detector : endpoint.detectors()) {
          require(taken.add(detector), where + detector + " already runs at another endpoint.");
        }
      }
    }
  }

  private void given(String key, String value) {
    require(value != null && !value.isBlank(), key + ": is missing.");
  }

  private void matches(String key, String value, Pattern pattern, String wanted) {
    require(
        value == null || pattern.matcher(value).matches(),
        key + ": \"" + value + "\" is not " + wanted + ".");
  }

  private void between(String key, int value, int least, int most) {
    require(
        value >= least && value <= most,
        key + ": " + value + " is not between " + least + " and " + most + ".");
  }

  private void require(boolean holds, String problem) {
    if (!holds && !problems.contains(problem)) {
      problems.add(problem);
    }
  }
}
