package org.touchstone.domain.voting;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Set;
import org.touchstone.domain.Json;

/** Reads policy files strictly and says which field is wrong. */
final class PolicyReader {
  private static final int MAX_BYTES = 1 << 20;
  private static final Set<String> BUNDLED = Set.of("pooled-3", "pooled-2", "pooled-1", "votes-1");

  private static final ObjectReader READER =
      Json.configure(
              JsonMapper.builder()
                  .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .readerFor(VotingPolicy.class)
          .with(
              DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
              DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
              DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
              DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .without(DeserializationFeature.ACCEPT_FLOAT_AS_INT);

  private PolicyReader() {}

  static VotingPolicy read(byte[] json) {
    Check.require(json.length <= MAX_BYTES, "", "is longer than " + MAX_BYTES + " bytes");
    try {
      return Check.present(READER.readValue(json), "");
    } catch (JsonMappingException e) {
      throw invalid(e);
    } catch (IOException e) {
      throw new InvalidPolicyException("", "is not JSON");
    }
  }

  static Optional<VotingPolicy> bundled(String version) {
    if (!BUNDLED.contains(version)) {
      return Optional.empty();
    }
    try (InputStream in = PolicyReader.class.getResourceAsStream("policies/" + version + ".json")) {
      return Optional.of(read(in.readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the bundled policy " + version, e);
    }
  }

  private static InvalidPolicyException invalid(JsonMappingException e) {
    String path = path(e);
    return switch (e) {
      case InvalidTypeIdException t -> {
        String property = t.getBaseType().hasRawClass(VotingPolicy.class) ? "rule" : "method";
        yield new InvalidPolicyException(join(path, property), "is missing or not known");
      }
      case UnrecognizedPropertyException u -> new InvalidPolicyException(path, "is not known");
      default ->
          e.getCause() instanceof InvalidPolicyException cause
              ? new InvalidPolicyException(join(path, cause.field()), cause.problem())
              : new InvalidPolicyException(path, "is missing or not of its type");
    };
  }

  private static String path(JsonMappingException e) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference step : e.getPath()) {
      if (step.getFieldName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
      }
    }
    return path.toString();
  }

  private static String join(String path, String field) {
    return path.isEmpty() || field.isEmpty() ? path + field : path + "." + field;
  }
}
