package org.touchstone.infra.config;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.touchstone.infra.config.DeploymentConfig.ApiConfig;
import org.touchstone.infra.config.DeploymentConfig.EgressConfig;
import org.touchstone.infra.config.DeploymentConfig.FunctionsConfig;
import org.touchstone.infra.config.DeploymentConfig.Packaging;

/** The rules for a configuration beyond its types. */
final class ConfigRules {
  /** Most media of a post, and most bytes of one job, as the resolver limits them. */
  private static final int MEDIA_OF_A_POST = 50;

  private static final int BYTES_OF_A_JOB = 1000;

  /** Step Functions' limit of 256 KiB for a result, less what Lambda adds to it. */
  private static final int BYTES_OF_ALL_JOBS = 250_000;

  /** Lambda's limit of 4 KiB for a function's environment, less what else is in it. */
  private static final int BYTES_OF_VOTERS = 3000;

  private static final Pattern PREFIX = Pattern.compile("[a-z][a-z0-9-]{0,18}[a-z0-9]");
  private static final Pattern POLICY = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+\\.[^@\\s]+");
  private static final Pattern HOST = Pattern.compile("\\.?([a-z0-9-]+\\.)+[a-z0-9-]{2,}");
  private static final Pattern ORIGIN =
      Pattern.compile("https://([a-z0-9-]+\\.)+[a-z0-9-]{2,}(:\\d{1,5})?");

  /** S3 has 100 rules, of which one is enough; the list is for people. */
  private static final int MOST_ORIGINS = 50;

  private static final Pattern CERTIFICATE =
      Pattern.compile("arn:[a-z-]+:acm:[a-z0-9-]+:\\d{12}:certificate/[a-z0-9-]+");
  private static final Pattern LAYER =
      Pattern.compile("arn:[a-z-]+:lambda:[a-z0-9-]+:\\d{12}:layer:[A-Za-z0-9_-]+:\\d+");

  private final Problems problems = new Problems();

  private ConfigRules() {}

  static List<String> problems(DeploymentConfig config) {
    ConfigRules rules = new ConfigRules();
    rules.check(config);
    return rules.problems.found();
  }

  private void check(DeploymentConfig config) {
    problems.matches("region", config.region(), Names.REGION, "a region such as eu-central-1");
    problems.matches(
        "prefix", config.prefix(), PREFIX, "2 to 20 lower-case letters, digits and hyphens");
    problems.between("storage.mediaDays", config.storage().mediaDays(), 1, 3650);
    problems.between("storage.evidenceDays", config.storage().evidenceDays(), 0, 3650);
    int evidence = config.storage().evidenceDays();
    problems.require(
        evidence == 0 || evidence >= config.storage().mediaDays(),
        "storage.evidenceDays: evidence must be kept at least as long as its media.");
    problems.require(
        LogRetention.BY_DAYS.containsKey(config.logDays()),
        "logDays: CloudWatch keeps logs only for "
            + LogRetention.BY_DAYS.keySet().stream().sorted().toList()
            + " days.");
    problems.matches(
        "votingPolicy", config.votingPolicy(), POLICY, "the version of a voting policy");
    functions(config.functions());
    api(config.api());
    problems.matches("alarms.email", config.alarms().email(), EMAIL, "an e-mail address");
    egress(config.egress());
    new EndpointRules(problems).check(config.endpoints());
    voters(config.voters());
    new JudgeRules(problems).check(config.judge(), config.endpoints());
    new RecogniserRules(problems).check(config.recogniser(), config.endpoints());
    new BillingRules(problems).check(config.billing());
    new BotRules(problems).check(config.bot());
    problems.matches(
        "publicUrl", config.publicUrl(), Names.HTTPS, "an address that begins with https://");
    jobsFitIntoTheWorkflow(config.endpoints(), config.voters());
  }

  /** What the template needs of voters; the function that asks them checks the rest. */
  private void voters(List<VoterConfig> voters) {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < voters.size(); i++) {
      VoterConfig voter = voters.get(i);
      String key = "voters[" + i + "]";
      problems.given(key + ".name", voter.name());
      problems.matches(key + ".name", voter.name(), Names.DETECTOR, "a detector's name");
      problems.require(
          names.add(voter.name()), key + ".name: another voter already has this name.");
      problems.require(
          !voter.tracks().isEmpty(), key + ".tracks: name the kinds of media to send.");
      problems.require(
          voter.preset() != null || voter.provider() != null,
          key + ".provider: is missing, and so is a preset.");
      problems.require(
          voter.preset() != null || voter.answer() != null,
          key + ".answer: is missing, and so is a preset.");
      problems.require(
          voter.category() != null,
          key + ".category: is missing. Say what it looks for, such as generative or faces.");
      problems.matches(
          key + ".secret",
          voter.secret(),
          Names.DETECTOR,
          "a name of lower-case letters and digits");
      problems.matches(
          key + ".address", voter.address(), Names.HTTPS, "an address that begins with https://");
    }
    String json = VoterConfig.json(voters);
    int bytes = json.getBytes(StandardCharsets.UTF_8).length;
    problems.require(
        bytes <= BYTES_OF_VOTERS,
        "voters: their descriptions have "
            + bytes
            + " bytes in JSON; a function's environment has room for "
            + BYTES_OF_VOTERS
            + ".");
    problems.require(
        !json.contains("${"), "voters: a description must not contain \"${\"; write \"$ {\".");
  }

  private void functions(FunctionsConfig functions) {
    problems.matches(
        "functions.resolverImage", functions.resolverImage(), Names.IMAGE, "an image in ECR");
    problems.matches(
        "functions.ffmpegLayer", functions.ffmpegLayer(), LAYER, "a layer version's ARN");
    boolean zip = functions.resolver() == Packaging.ZIP;
    problems.require(
        !zip || functions.ffmpegLayer() != null,
        "functions.ffmpegLayer: a zip resolver needs ffmpeg from a layer.");
    problems.require(
        zip || functions.ffmpegLayer() == null,
        "functions.ffmpegLayer: only a zip resolver accepts a layer.");
    problems.require(
        !zip || functions.resolverImage() == null,
        "functions.resolverImage: a zip resolver does not have an image.");
  }

  private void api(ApiConfig api) {
    problems.between("api.requestsPerSecond", api.requestsPerSecond(), 1, 10_000);
    problems.between("api.burst", api.burst(), 1, 5_000);
    problems.between("api.concurrency", api.concurrency(), 10, 1_000_000);
    problems.require(api.origins().size() <= MOST_ORIGINS, "api.origins: give at most 50.");
    api.origins()
        .forEach(
            origin ->
                problems.matches(
                    "api.origins", origin, ORIGIN, "an address such as https://news.example.org"));
    if (api.signIn() != null) {
      problems.given("api.signIn.issuer", api.signIn().issuer());
      problems.given("api.signIn.clientId", api.signIn().clientId());
      problems.matches(
          "api.signIn.issuer",
          api.signIn().issuer(),
          Names.HTTPS,
          "an address that begins with https://");
    }
    if (api.domain() != null) {
      problems.given("api.domain.name", api.domain().name());
      problems.given("api.domain.certificate", api.domain().certificate());
      problems.matches("api.domain.name", api.domain().name(), HOST, "a host name");
      problems.matches(
          "api.domain.certificate", api.domain().certificate(), CERTIFICATE, "an ACM ARN");
    }
  }

  private void egress(EgressConfig egress) {
    if (egress == null) {
      return;
    }
    problems.require(
        egress.allow().isEmpty() != egress.deny().isEmpty(),
        "egress: give either allow or deny, with at least one name.");
    egress.allow().forEach(name -> problems.matches("egress.allow", name, HOST, "a host name"));
    egress.deny().forEach(name -> problems.matches("egress.deny", name, HOST, "a host name"));
  }

  /** A video with sound gives a job to each endpoint for videos and to each for audio. */
  private void jobsFitIntoTheWorkflow(List<EndpointConfig> endpoints, List<VoterConfig> voters) {
    // All voters share one job for a medium.
    long images = serving(endpoints, Track.IMAGE).size() + asked(voters, Track.IMAGE);
    long videos =
        serving(endpoints, Track.VIDEO).size()
            + serving(endpoints, Track.AUDIO).size()
            + asked(voters, Track.VIDEO);
    long most = BYTES_OF_ALL_JOBS / (MEDIA_OF_A_POST * BYTES_OF_A_JOB);
    problems.require(
        images <= most,
        "endpoints: "
            + images
            + " process images; more than "
            + most
            + " would give a post more jobs than Step Functions can pass on.");
    problems.require(
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

  private static List<EndpointConfig> serving(List<EndpointConfig> endpoints, Track track) {
    return endpoints.stream().filter(e -> e.tracks().contains(track)).toList();
  }
}
