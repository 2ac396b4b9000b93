package org.touchstone.emulators.stepfunctions.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Converts JSON text to plain values (Map, List, String, Boolean, Integer, Long, Double) and back.
 *
 * <p>An integer stays exact while it fits a long; a larger one becomes a double. A double that is a
 * whole number is written without a fraction, as in JSONata.
 */
public final class JsonValues {
  private static final int MAX_NESTING = 500;
  private static final int POOLED_BUFFERS = 64;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(MAX_NESTING).build())
          // The default pool keeps buffers per thread, and so in every virtual thread that waits.
          .recyclerPool(JsonRecyclerPools.newBoundedPool(POOLED_BUFFERS))
          .build();

  private JsonValues() {}

  /**
   * Reads one JSON value into fresh, mutable structures.
   *
   * @param nullValue stands for JSON null; may be null
   * @throws InvalidJsonException when the text is not exactly one JSON value
   */
  public static Object parse(String text, Object nullValue) throws InvalidJsonException {
    try (JsonParser parser = JSON.createParser(text)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw new InvalidJsonException("empty text");
      }
      Object value = read(parser, first, nullValue);
      if (parser.nextToken() != null) {
        throw new InvalidJsonException("text after the JSON value");
      }
      return value;
    } catch (JsonProcessingException e) {
      var at = e.getLocation();
      throw new InvalidJsonException(
          at == null
              ? "malformed JSON"
              : "malformed JSON at line " + at.getLineNr() + ", column " + at.getColumnNr());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Object read(JsonParser parser, JsonToken token, Object nullValue)
      throws IOException {
    return switch (token) {
      case START_OBJECT -> {
        Map<String, Object> object = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          object.put(name, read(parser, parser.nextToken(), nullValue));
        }
        yield object;
      }
      case START_ARRAY -> {
        List<Object> array = new ArrayList<>();
        for (JsonToken t = parser.nextToken(); t != JsonToken.END_ARRAY; t = parser.nextToken()) {
          array.add(read(parser, t, nullValue));
        }
        yield array;
      }
      case VALUE_NUMBER_INT -> {
        Number number = parser.getNumberValue();
        yield number instanceof BigInteger ? (Number) number.doubleValue() : number;
      }
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_STRING -> parser.getText();
      case VALUE_TRUE -> Boolean.TRUE;
      case VALUE_FALSE -> Boolean.FALSE;
      default -> nullValue;
    };
  }

  /**
   * Writes a plain value as compact JSON.
   *
   * @throws IllegalArgumentException when a value has no JSON form
   */
  public static String write(Object value) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(text)) {
      write(out, value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void write(JsonGenerator out, Object value) throws IOException {
    switch (value) {
      case null -> out.writeNull();
      case String s -> out.writeString(s);
      case Boolean b -> out.writeBoolean(b);
      case Integer i -> out.writeNumber(i);
      case Long l -> out.writeNumber(l);
      case BigDecimal d -> out.writeNumber(d.toPlainString());
      case Number n -> write(out, n.doubleValue());
      case Map<?, ?> object -> {
        out.writeStartObject();
        for (Map.Entry<?, ?> field : object.entrySet()) {
          out.writeFieldName(String.valueOf(field.getKey()));
          write(out, field.getValue());
        }
        out.writeEndObject();
      }
      case List<?> array -> {
        out.writeStartArray();
        for (Object element : array) {
          write(out, element);
        }
        out.writeEndArray();
      }
      default ->
          throw new IllegalArgumentException("no JSON form: " + value.getClass().getSimpleName());
    }
  }

  private static void write(JsonGenerator out, double number) throws IOException {
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException("no JSON form: a number that is not finite");
    }
    double size = Math.abs(number);
    if (number == 0) {
      out.writeNumber(0);
    } else if (size >= 1e-6 && size < 1e21) {
      // As JavaScript writes numbers: no exponent in this range, no fraction for whole numbers.
      String plain = new BigDecimal(Double.toString(number)).toPlainString();
      out.writeNumber(plain.endsWith(".0") ? plain.substring(0, plain.length() - 2) : plain);
    } else {
      out.writeNumber(number);
    }
  }
}
