package org.touchstone.domain.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.stream.Collectors;
import org.touchstone.domain.Json;

/**
 * Reads descriptions of one kind. A field that is not known or not of its type is an error, and no
 * value is repeated in a message, because it may be a key in the wrong place.
 *
 * @param <T> a record that checks its fields with {@link Checks}
 */
public final class SettingsReader<T> {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .build();

  private final ObjectReader reader;
  private final String described;

  /**
   * @param described the described thing as messages name it, such as "the judge"
   */
  public SettingsReader(Class<T> type, String described) {
    this.reader = MAPPER.readerFor(type);
    this.described = described;
  }

  /**
   * Reads a description.
   *
   * @throws InvalidSettingsException when it is not valid
   */
  public T read(JsonNode description) throws InvalidSettingsException {
    if (!description.isObject()) {
      throw new InvalidSettingsException(described + " is not a set of fields");
    }
    try {
      return reader.readValue(description);
    } catch (UnrecognizedPropertyException e) {
      throw new InvalidSettingsException(
          e.getPropertyName()
              + ": is not a field; the fields here are "
              + e.getKnownPropertyIds().stream()
                  .map(Object::toString)
                  .sorted()
                  .collect(Collectors.joining(", ")));
    } catch (ValueInstantiationException e) {
      throw new InvalidSettingsException(e.getCause().getMessage());
    } catch (JsonMappingException e) {
      throw new InvalidSettingsException(path(e) + ": is not of its type");
    } catch (IOException e) {
      throw new InvalidSettingsException(described + " cannot be read");
    }
  }

  /** As {@link #read(JsonNode)}, from JSON. */
  public T read(String json) throws InvalidSettingsException {
    try {
      return read(Json.mapper().readTree(json));
    } catch (JsonProcessingException e) {
      throw new InvalidSettingsException(described + " is not JSON");
    }
  }

  private static String path(JsonMappingException e) {
    return e.getPath().stream()
        .map(JsonMappingException.Reference::getFieldName)
        .collect(Collectors.joining("."));
  }
}
