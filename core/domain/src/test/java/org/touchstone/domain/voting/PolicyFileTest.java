package org.touchstone.domain.voting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.domain.EnsembleDetector;
import org.touchstone.domain.Json;
import org.touchstone.domain.MediaItem;

class PolicyFileTest {

  @ParameterizedTest
  @ValueSource(strings = {"pooled-3", "pooled-2", "pooled-1", "votes-1"})
  void bundlesPoliciesUnderTheirVersion(String version) {
    assertThat(VotingPolicy.bundled(version))
        .hasValueSatisfying(
            policy -> {
              assertThat(policy.version()).isEqualTo(version);
              assertThat(VotingPolicy.read(policy.json())).isEqualTo(policy);
            });
  }

  @Test
  void takesTheLikelihoodPolicyByDefault() {
    assertThat(VotingPolicy.bundled()).isInstanceOf(LikelihoodPolicy.class);
    assertThat(VotingPolicy.bundled("../votes-1")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"pooled-3", "pooled-2", "pooled-1", "votes-1"})
  void bundledPoliciesKnowTheWholeEnsemble(String version) {
    VotingPolicy policy = VotingPolicy.bundled(version).orElseThrow();
    Set<String> known =
        switch (policy) {
          case VotesPolicy votes -> votes.detectors().keySet();
          case PooledPolicy pooled -> pooled.detectors().keySet();
          case LikelihoodPolicy likelihood -> likelihood.detectors().keySet();
        };
    assertThat(known)
        .contains("metadata", "genconvit", "ftcn", "styleflow", "distil-dire", "ufd", "transcript");
  }

  @Test
  void bundledPolicyClaimsNoCalibrationItDoesNotHave() {
    PooledPolicy policy = (PooledPolicy) Fixtures.pooled();
    assertThat(policy.detectors().values())
        .allSatisfy(d -> assertThat(d.calibration()).isNull())
        .allSatisfy(d -> assertThat(d.calibratedOn()).isNull());
    assertThat(policy.notes()).startsWith("No detector here has been calibrated on data yet");
  }

  /** Each row replaces a part of a valid file; the field is what the error must name. */
  @ParameterizedTest(name = "{2} {3}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      textBlock =
          """
          "rule": "pooled"         | "rule": "dice"            | rule                                 | is missing or not known
          "rule": "pooled",        | ''                        | rule                                 | is missing or not known
          "version": "mixed"       | "version": "../x"         | version                              | must be 1 to 64 of a-z 0-9 . _ -, starting with a letter or digit
          "version": "mixed",      | ''                        | version                              | is missing or not of its type
          "version": "mixed"       | "version": null           | version                              | is missing
          "version": "mixed"       | "version": "m", "colour": 1 | colour                             | is not known
          "weight": 0.7            | "weight": "0.7"           | prior.weight                         | is missing or not of its type
          "weight": 0.7            | "weight": "NaN"           | prior.weight                         | must be above 0 and at most 1000000
          "weight": 0.7            | "weight": null            | prior.weight                         | is missing or not of its type
          "weight": 0.7            | "weight": [1]             | prior.weight                         | is missing or not of its type
          "weight": 0.7            | "weight": 1e999           | prior.weight                         | must be above 0 and at most 1000000
          "probability": 0.3, "weight" | "weight"              | prior.probability                    | is missing or not of its type
          "probability": 0.3       | "probability": 1          | prior.probability                    | must be above 0.0 and below 1.0
          "shrinkage": 0.1         | "shrinkage": 1.1          | shrinkage                            | must be from 0 to 1
          "probabilityFloor": 0.01 | "probabilityFloor": 0.5   | probabilityFloor                     | must be above 0.0 and below 0.5
          "uncertainFrom": 0.4     | "uncertainFrom": 0.7      | levels.highFrom                      | must not be below uncertainFrom
          "decide": 2.1            | "decide": 0.1             | evidence.decide                      | must not be below suspect
          "weight": 1.7            | "weight": 0               | detectors.ufd.weight                 | must be above 0 and at most 1000000
          "weight": 1.7            | "weight": 1, "why": 1     | detectors.ufd.why                    | is not known
          "weight": 1.7            | "weight": 1, "group": "a b" | detectors.ufd.group                | must be named with 1 to 64 of a-z 0-9 . _ -, starting with a letter or digit
          "weight": 1.7            | "weight": 1, "group": "g", "oneSided": true | detectors.ufd.oneSided | does not go with a group
          "weight": 1.7            | "weight": 1, "calibratedOn": "x" | detectors.ufd.calibratedOn    | goes with a calibration, and only with it
          "weight": 1.3,           | "weight": 1, "shrinkage": 0, | detectors.genconvit.shrinkage     | does not go with a calibration
          "method": "platt"        | "method": "magic"         | detectors.genconvit.calibration.method | is missing or not known
          "a": 0.8                 | "a": -1                   | detectors.genconvit.calibration.a    | must be above 0 and at most 1000000
          "b": -0.4                | "b": 1e300                | detectors.genconvit.calibration.b    | must be from -1000000 to 1000000
          "score": 0.7             | "score": 0.2              | detectors.styleflow.calibration.points[2].score | must rise
          "probability": 1 }       | "probability": 0.1 }      | detectors.styleflow.calibration.points[3].probability | must not fall
          "probability": 1 }       | "probability": 1.1 }      | detectors.styleflow.calibration.points[3].probability | must be from 0 to 1
          "ufd":                   | "UFD":                    | detectors                            | must be named with 1 to 64 of a-z 0-9 . _ -, starting with a letter or digit
          { "weight": 1.7 }        | null                      | detectors.ufd                        | is missing
          """)
  void namesTheFieldThatIsWrongInPooledPolicy(
      String valid, String broken, String field, String problem) {
    assertRefused("mixed.json", valid, broken, field, problem);
  }

  @ParameterizedTest(name = "{2} {3}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      textBlock =
          """
          "trust": 2              | "trust": 2.5                | votes.trust                    | is missing or not of its type
          "include": 1            | "include": 0                | votes.include                  | must be above 0 and at most 1000000
          "highFrom": 2           | "highFrom": 0               | votes.highFrom                 | must not be below uncertainFrom
          "noiseOnly": 2          | "noiseOnly": -1             | votes.noiseOnly                | must not be below 0
          "minScore": 0.5         | "minScore": 2               | faces.minScore                 | must be from 0 to 1
          "uncertain": 0.33       | "uncertain": 0.6            | thresholds.uncertain           | must not be above fake
          "ufd": { "policy": "include" | "ufd": { "policy": "believe" | detectors.ufd.policy    | is missing or not of its type
          "ufd": { "policy": "include" | "ufd": { "policy": 1  | detectors.ufd.policy           | is missing or not of its type
          "ufd": { "policy": "include" | "ufd": { "role": "text" | detectors.ufd.policy         | is missing or not of its type
          "uncertain": 0.4        | "uncertain": 0.9            | detectors.genconvit.thresholds.uncertain | must not be above fake
          """)
  void namesTheFieldThatIsWrongInVotesPolicy(
      String valid, String broken, String field, String problem) {
    assertRefused("original.json", valid, broken, field, problem);
  }

  @ParameterizedTest(name = "{2} {3}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      textBlock =
          """
          "prior": 0.5              | "prior": 1                    | prior                         | must be above 0.0 and below 1.0
          "boundConfidence": 0.95,  | ''                            | boundConfidence               | is missing or not of its type
          "boundConfidence": 0.95   | "boundConfidence": 1          | boundConfidence               | must be above 0.0 and below 1.0
          "highOdds": 20            | "highOdds": 1                 | levels.highOdds               | must be above 1 and at most 1000000
          "highOdds": 20            | "highOdds": 1.5               | levels.highOdds               | must not be below uncertainOdds
          "highOdds": 20            | "highOdds": 10                | detectors.metadata.claims     | must have odds below levels.highOdds
          "lowPosterior": 0.15      | "lowPosterior": 0.5           | levels.lowPosterior           | must be above 0.0 and below 0.5
          "uncalibratedOdds": 3     | "uncalibratedOdds": 0.5       | uncalibratedOdds              | must be above 1 and at most 1000000
          ["gend", "ufd"]           | ["gend"]                      | dependence[1].families        | must be at least two
          ["gend", "ufd"]           | ["gend", null]                | dependence[1].families        | is missing
          ["gend", "ufd"]           | ["gend", "U"]                 | dependence[1].families        | must be named with 1 to 64 of a-z 0-9 . _ -, starting with a letter or digit
          "ufd"], "weight": 0.5     | "ufd"], "weight": 1.5         | dependence[1].weight          | must be from 0 to 1
          "family": "ftcn"          | "family": "F"                 | detectors.ftcn.family         | must be named with 1 to 64 of a-z 0-9 . _ -, starting with a letter or digit
          "from": 0.7               | "from": 0.5                   | detectors.metadata.claims[1].from | must rise
          "from": 0.7, "odds": 10   | "from": 0.7, "odds": 2        | detectors.metadata.claims[1].odds | must not fall
          "silent": "On            | "uncalibratedOdds": 2, "silent": "On | detectors.aasist.silent | does not go with uncalibratedOdds
          "silent": "On            | "claims": [{ "from": 0.6, "odds": 3 }], "silent": "On | detectors.aasist.claims | does not go with other fields
          { "claims":               | { "family": "x", "claims":    | detectors.metadata.claims     | does not go with other fields
          "fullyGenAIMedia", "v     | "allIsWell", "v               | provenance[0].signal          | is missing or not of its type
          "high" },                 | "trusted" },                  | provenance[0].effect          | is trusted for what was captured, and only for that
          "effect": "trusted"       | "effect": "low"               | provenance[3].effect          | is missing or not of its type
          ["official", "own"]       | []                            | provenance[3].vouchedBy       | must not be empty
          ["official", "own"]       | ["nobody"]                    | provenance[3].vouchedBy       | must not be nobody: anybody can make a certificate
          """)
  void namesTheFieldThatIsWrongInLikelihoodPolicy(
      String valid, String broken, String field, String problem) {
    assertRefused("policies/pooled-3.json", valid, broken, field, problem);
  }

  @Test
  void assumesAnEvenPriorWhereThePolicyNamesNone() {
    String json = new String(Fixtures.resource("policies/pooled-3.json"), StandardCharsets.UTF_8);
    VotingPolicy policy =
        VotingPolicy.read(json.replace("\"prior\": 0.5,", "").getBytes(StandardCharsets.UTF_8));
    assertThat(policy).isEqualTo(VotingPolicy.bundled());
  }

  private static void assertRefused(
      String file, String valid, String broken, String field, String problem) {
    String json = new String(Fixtures.resource(file), StandardCharsets.UTF_8);
    assertThat(json).contains(valid);
    byte[] changed = json.replace(valid, broken).getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> VotingPolicy.read(changed))
        .isInstanceOfSatisfying(
            InvalidPolicyException.class,
            e -> {
              assertThat(e.field()).isEqualTo(field);
              assertThat(e.problem()).isEqualTo(problem);
            })
        .hasMessage("voting policy: " + field + " " + problem);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "7", "{", "{}", "{\"rule\": \"votes\"} x"})
  void refusesWhatIsNoPolicy(String json) {
    assertThatThrownBy(() -> VotingPolicy.read(json.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(InvalidPolicyException.class);
  }

  @Test
  void refusesRepeatedFieldsTrailingTextAndOverlongFiles() {
    String json = new String(Fixtures.resource("mixed.json"), StandardCharsets.UTF_8);
    for (String broken :
        List.of(
            json.replace("\"ufd\": {", "\"ufd\": { \"weight\": 2,"),
            json.replace("\"transcript\": {", "\"ufd\": {"),
            json + "{}",
            json + " ".repeat(1 << 20))) {
      assertThatThrownBy(() -> VotingPolicy.read(broken.getBytes(StandardCharsets.UTF_8)))
          .isInstanceOf(InvalidPolicyException.class);
    }
  }

  @Test
  void isDescribedByItsSchemaFieldForField() throws IOException {
    JsonNode schema =
        Json.mapper().readTree(Fixtures.resource("policies/voting-policy.schema.json"));
    assertDescribed(schema, schema.at("/$defs/votes"), VotesPolicy.class, Set.of("rule"));
    assertDescribed(schema, schema.at("/$defs/pooled"), PooledPolicy.class, Set.of("rule"));
    assertDescribed(
        schema, schema.at("/$defs/log-likelihood"), LikelihoodPolicy.class, Set.of("rule"));
    assertDescribed(schema, schema.at("/$defs/platt"), Calibration.Platt.class, Set.of("method"));
    assertDescribed(
        schema, schema.at("/$defs/isotonic"), Calibration.Isotonic.class, Set.of("method"));
  }

  /** Compares a record's components, and those of the records in it, with an object schema. */
  private static void assertDescribed(
      JsonNode root, JsonNode schema, Class<?> type, Set<String> discriminators) {
    JsonNode object = resolved(root, schema);
    Set<String> described = new TreeSet<>(fieldNames(object.get("properties")));
    Set<String> required = new TreeSet<>();
    object.path("required").forEach(name -> required.add(name.textValue()));
    Set<String> components = new TreeSet<>(discriminators);
    Set<String> requiredComponents = new TreeSet<>(discriminators);
    for (RecordComponent component : type.getRecordComponents()) {
      components.add(component.getName());
      if (isRequired(type, component)) {
        requiredComponents.add(component.getName());
      }
      JsonNode property = object.get("properties").path(component.getName());
      if (component.getType().isRecord()) {
        assertDescribed(root, property, component.getType(), Set.of());
      } else if (component.getGenericType() instanceof ParameterizedType container) {
        Class<?> entry = (Class<?>) container.getActualTypeArguments()[entryIndex(component)];
        String entries = component.getType() == Map.class ? "additionalProperties" : "items";
        assertThat(property.has(entries)).as(component.getName()).isTrue();
        if (entry.isRecord()) {
          assertDescribed(root, property.get(entries), entry, Set.of());
        }
      }
    }
    assertThat(described).as("properties of " + type).isEqualTo(components);
    assertThat(required).as("required of " + type).isEqualTo(requiredComponents);
    assertThat(object.get("additionalProperties").booleanValue()).isFalse();
  }

  private static int entryIndex(RecordComponent component) {
    return component.getType() == Map.class ? 1 : 0;
  }

  private static boolean isRequired(Class<?> type, RecordComponent component) {
    try {
      JsonProperty annotation =
          type.getDeclaredField(component.getName()).getAnnotation(JsonProperty.class);
      return annotation != null && annotation.required();
    } catch (NoSuchFieldException e) {
      throw new AssertionError(e);
    }
  }

  private static JsonNode resolved(JsonNode root, JsonNode schema) {
    return schema.has("$ref") ? root.at(schema.get("$ref").textValue().substring(1)) : schema;
  }

  private static List<String> fieldNames(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @Test
  void registersEveryTypeThatIsReadOrWrittenForNativeImages() throws Exception {
    JsonNode config =
        Json.mapper()
            .readTree(
                Fixtures.resource(
                    "/META-INF/native-image/org.touchstone/touchstone-domain/reflect-config.json"));
    Set<String> registered = new TreeSet<>();
    config.forEach(entry -> registered.add(entry.get("name").textValue()));
    Set<String> needed = new TreeSet<>();
    for (Class<?> type :
        List.of(
            VotingPolicy.class,
            VotesPolicy.class,
            PooledPolicy.class,
            LikelihoodPolicy.class,
            ProvenanceRule.class,
            Calibration.class)) {
      addWithMembers(type, needed);
    }
    needed.add(GroundTruth.class.getName());
    needed.addAll(recordsAndEnums());
    assertThat(registered).isEqualTo(needed);
  }

  /** Of the contracts' packages; the ensemble is a list within the code. */
  private static Set<String> recordsAndEnums() throws Exception {
    Path classes =
        Path.of(MediaItem.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Set<String> names = new TreeSet<>();
    for (String folder :
        List.of(
            "org/touchstone/domain",
            "org/touchstone/domain/account",
            "org/touchstone/domain/batch",
            "org/touchstone/domain/feedback",
            "org/touchstone/domain/mention",
            "org/touchstone/domain/people",
            "org/touchstone/domain/provenance",
            "org/touchstone/domain/share",
            "org/touchstone/domain/webhook",
            "org/touchstone/domain/workflow")) {
      try (Stream<Path> files = Files.list(classes.resolve(folder))) {
        for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
          String simple = file.getFileName().toString().replace(".class", "");
          if (simple.equals("package-info")) {
            continue;
          }
          Class<?> type = Class.forName(folder.replace('/', '.') + "." + simple);
          boolean isOfAnException =
              type.getEnclosingClass() != null
                  && Throwable.class.isAssignableFrom(type.getEnclosingClass());
          if ((type.isRecord() || type.isEnum())
              && type != EnsembleDetector.class
              && !isOfAnException) {
            names.add(type.getName());
          }
        }
      }
    }
    return names;
  }

  private static void addWithMembers(Class<?> type, Set<String> names) {
    names.add(type.getName());
    for (Class<?> member : type.getDeclaredClasses()) {
      addWithMembers(member, names);
    }
  }
}
