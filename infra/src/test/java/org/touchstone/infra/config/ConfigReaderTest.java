package org.touchstone.infra.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.touchstone.infra.config.EndpointConfig.Capacity;

class ConfigReaderTest {
  @Test
  void hasADefaultForEverything() {
    DeploymentConfig config = ConfigReader.parse("{}");
    assertThat(config.prefix()).isEqualTo("touchstone");
    assertThat(config.storage().mediaDays()).isEqualTo(30);
    assertThat(config.storage().evidenceDays()).isEqualTo(90);
    assertThat(config.endpoints()).isEmpty();
    assertThat(ConfigReader.parse("")).isEqualTo(config);
  }

  @Test
  void namesAnEndpointsJobsByTheirTrackWhereThereAreSeveral() {
    List<EndpointConfig> endpoints =
        ConfigReader.parse(
                "endpoints: [{name: a, tracks: [video]}, {name: b, tracks: [image, audio]}]")
            .endpoints();
    assertThat(endpoints.getFirst().jobName(Track.VIDEO)).isEqualTo("a");
    assertThat(endpoints.getLast().jobName(Track.AUDIO)).isEqualTo("b-audio");
  }

  private static String endpoints(int images, int videos, int audios) {
    StringBuilder yaml = new StringBuilder("endpoints: [");
    int[] counts = {images, videos, audios};
    for (Track track : Track.values()) {
      for (int i = 0; i < counts[track.ordinal()]; i++) {
        String name = track.code() + i;
        yaml.append(
            "{name: %s, tracks: [%s], detectors: [%s]},".formatted(name, track.code(), name));
      }
    }
    return yaml.append("]").toString();
  }

  @ParameterizedTest
  @CsvSource({"5, 2, 3", "0, 5, 0", "1, 4, 1"})
  void acceptsEndpointsWhoseJobsFitIntoTheWorkflow(int images, int videos, int audios) {
    assertThat(ConfigReader.parse(endpoints(images, videos, audios)).endpoints())
        .hasSize(images + videos + audios);
  }

  @ParameterizedTest
  @CsvSource({"6, 0, 0, 6 process images", "1, 3, 3, are 6 together", "0, 0, 7, are 7 together"})
  void refusesMoreEndpointsThanTheWorkflowCanHoldJobsFor(
      int images, int videos, int audios, String problem) {
    assertThatThrownBy(() -> ConfigReader.parse(endpoints(images, videos, audios)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(problem)
        .hasMessageContaining("more than 5 would give a post more jobs");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "regoin: x | regoin: unknown key; the keys here are alarms, api,",
        "storage: {mediaDays: many} | storage.mediaDays: this is not a whole number.",
        "storage: {mediaDays: 0} | storage.mediaDays: 0 is not between 1 and 3650.",
        "storage: {mediaDays: 1.5} | storage.mediaDays: \"1.5\" is not a whole number.",
        "storage: {mediaDays: 60, evidenceDays: 30} | storage.evidenceDays: evidence must be kept",
        "functions: {mode: fast} | functions.mode: \"fast\" is not one of native, jvm.",
        "functions: {resolver: zip} | functions.ffmpegLayer: a zip resolver needs ffmpeg",
        "functions: {resolverImage: nginx} | functions.resolverImage: \"nginx\" is not an image in"
            + " ECR.",
        "prefix: Touchstone! | prefix: \"Touchstone!\" is not 2 to 20 lower-case letters",
        "region: moon | region: \"moon\" is not a region such as eu-central-1.",
        "logDays: 8 | logDays: CloudWatch keeps logs only for [1, 3, 7,",
        "alarms: {email: me} | alarms.email: \"me\" is not an e-mail address.",
        "votingPolicy: ../x | votingPolicy: \"../x\" is not the version of a voting policy.",
        "egress: {} | egress: give either allow or deny",
        "egress: {allow: [a.org], deny: [b.org]} | egress: give either allow or deny",
        "egress: {deny: ['*.org']} | egress.deny: \"*.org\" is not a host name.",
        "api: {apiKey: false} | api.apiKey: every caller has a key of Touchstone's now",
        "api: {requestsPerDay: 5} | api.requestsPerDay: every caller has a key of Touchstone's now",
        "api: {origins: [http://a.example]} | api.origins: \"http://a.example\" is not an address",
        "api: {concurrency: 9} | api.concurrency: 9 is not between 10 and 1000000.",
        "api: {domain: {name: a.org}} | api.domain.certificate: is missing.",
        "endpoints: [{}] | endpoints[0].name: is missing.",
        "endpoints: [null] | endpoints[0]: is empty.",
        "endpoints: [{name: a-b}] | endpoints[0].name: \"a-b\" is not 1 to 20 lower-case letters",
        "endpoints: [{name: a, tracks: [smell]}] | endpoints[0].tracks[0]: \"smell\" is not one of"
            + " image, video, audio.",
        "endpoints: [{name: a, instanceTypes: [m5.large]}] | endpoints[0].instanceTypes:"
            + " \"m5.large\" is not a type of",
        "endpoints: [{name: a, usdPerHour: -1}] | endpoints[0].usdPerHour: is not between",
        "endpoints: [{name: a, min: 3, max: 2}] | endpoints[0].min: must not be more than max.",
        "endpoints: [{name: a, warmInstances: 1}] | endpoints[0].warmInstances: EC2 cannot keep",
        "endpoints: [{name: a, schedule: [{cron: '* *', min: 0, max: 1}]}] |"
            + " endpoints[0].schedule.cron: needs six fields",
        "endpoints: [{name: a, schedule: [{cron: '0 7 ? * * *'}]}] | endpoints[0].schedule: needs"
            + " min and max.",
        "endpoints: all | endpoints: this is not a list.",
        "endpoints: [{name: resolve}] | endpoints[0].name: resolve is a name under which others",
        "endpoints: [{name: partners}] | endpoints[0].name: partners is a name under which others",
        "endpoints: [{name: judge}] | endpoints[0].name: judge is a name under which others",
        "endpoints: [{name: a, compute: tpu}] | endpoints[0].compute: \"tpu\" is not one of gpu, cpu.",
        "endpoints: [{name: a, compute: cpu, spotShare: 5}] | endpoints[0].spotShare: is a key of"
            + " endpoints with compute: gpu; this one has compute: cpu.",
        "endpoints: [{name: a, maxMb: 5}] | endpoints[0].maxMb: is a key of endpoints with compute:"
            + " cpu; this one has compute: gpu.",
        "endpoints: [{name: a, compute: cpu, memory: 5}] | endpoints[0].memory: unknown key; the"
            + " keys here are compute, detectors, image, maxConcurrency, maxMb, maxSeconds,"
            + " memoryMb, models, name, tracks.",
        "endpoints: [{compute: cpu}] | endpoints[0].name: is missing.",
        "endpoints: [5] | endpoints[0]: this is not a set of keys.",
        "endpoints: [{name: a, compute: cpu, memoryMb: 512}] | endpoints[0].memoryMb: 512 is not"
            + " between 2048 and 10240.",
        "endpoints: [{name: a, compute: cpu, maxConcurrency: 1}] | endpoints[0].maxConcurrency: 1 is"
            + " not between 2 and 1000.",
        "endpoints: [{name: a, compute: cpu, maxSeconds: 0}] | endpoints[0].maxSeconds: 0 is not",
        "endpoints: [{name: a, compute: cpu, maxMb: 9999}] | endpoints[0].maxMb: 9999 is not",
        "voters: [{}] | voters[0].name: is missing.",
        "voters: [{name: A}] | voters[0].name: \"A\" is not a detector's name.",
        "voters: [{name: a, preset: hive}] | voters[0].tracks: name the kinds of media to send.",
        "voters: [{name: a, tracks: [image]}] | voters[0].provider: is missing, and so is a preset.",
        "voters: [{name: a, preset: b, tracks: [image]}] | voters[0].category: is missing.",
        "voters: [{name: a, preset: b, tracks: [image], adress: c}] | voters[0].adress: unknown key;",
        "voters: [{name: a, preset: b, tracks: [image], category: faces, address: 'http://c'}] | voters[0].address:",
        "voters: [{name: a, preset: b, tracks: [image], category: faces, answer: '${a}'}] | must not contain",
        "judge: {provider: bedrock} | judge.model: is missing.",
        "judge: {provider: openai-compatible, model: a} | judge.address: is missing",
        "judge: {provider: oracle} | judge.provider: \"oracle\" is not one of openai-compatible,",
        "judge: {provider: bedrock, model: a} | judge: no endpoint processes audio",
        "recogniser: {provider: openai-compatible, address: 'https://a'} | recogniser.model: is missing.",
        "recogniser: {provider: openai-compatible, model: a, address: 'http://a'} | recogniser.address: \"http://a\"",
        "recogniser: {provider: amazon-transcribe, secret: a} | are only for openai-compatible.",
        "recogniser: {provider: amazon-transcribe, seconds: 900} | recogniser.seconds: 900 is not between",
        "recogniser: {provider: amazon-transcribe} | recogniser: no endpoint with compute: cpu",
        "api: {waf: maybe} | api.waf: this is not true or false.",
        "'[1' | This is not valid YAML: ",
        "'prefix: aa\n\nprefix: bb' | Duplicate field 'prefix'"
      })
  void saysWhatIsWrongAndWhere(String yaml, String problem) {
    assertThatThrownBy(() -> ConfigReader.parse(yaml))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void wantsDetectorsOfATrackSharedOutAmongItsEndpoints() {
    assertThatThrownBy(
            () ->
                ConfigReader.parse(
                    """
                    endpoints:
                      - {name: a, tracks: [video]}
                      - {name: b, detectors: [ftcn, ufd]}
                      - {name: c, tracks: [image], detectors: [ufd]}
                    """))
        .hasMessageContaining("endpoints.a.detectors: several gpu endpoints process video")
        .hasMessageContaining("endpoints.c.detectors: ufd already runs at another endpoint.");
  }

  @Test
  void letsBothLanesRunTheSameDetectors() {
    assertThat(
            ConfigReader.parse(
                    """
                    endpoints:
                      - {name: a, compute: cpu, detectors: [ufd]}
                      - {name: b, compute: gpu}
                    """)
                .endpoints())
        .extracting(EndpointConfig::compute)
        .containsExactly(Compute.CPU, Compute.GPU);
  }

  @Test
  void limitsMediaOfCpuEndpointsByTheirTrack() {
    EndpointConfig byDefault =
        ConfigReader.parse("endpoints: [{name: a, compute: cpu}]").endpoints().getFirst();
    EndpointConfig chosen =
        ConfigReader.parse("endpoints: [{name: a, compute: cpu, maxSeconds: 9, maxMb: 2}]")
            .endpoints()
            .getFirst();

    assertThat(byDefault.capacity(Track.IMAGE)).isEqualTo(new Capacity(256L << 20, null));
    assertThat(byDefault.capacity(Track.VIDEO)).isEqualTo(new Capacity(256L << 20, 180));
    assertThat(byDefault.capacity(Track.AUDIO)).isEqualTo(new Capacity(256L << 20, 1800));
    assertThat(chosen.capacity(Track.IMAGE)).isEqualTo(new Capacity(2L << 20, null));
    assertThat(chosen.capacity(Track.AUDIO)).isEqualTo(new Capacity(2L << 20, 9));
  }

  @Test
  void tellsAllProblemsAtOnce() {
    assertThatThrownBy(() -> ConfigReader.parse("{region: moon, logDays: 8}"))
        .isInstanceOfSatisfying(ConfigException.class, e -> assertThat(e.problems()).hasSize(2));
  }

  @Test
  void readsNoHugeFile(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("touchstone.yaml"), new byte[70_000]);
    assertThatThrownBy(() -> ConfigReader.read(file)).hasMessageContaining("64 KiB");
  }
}
