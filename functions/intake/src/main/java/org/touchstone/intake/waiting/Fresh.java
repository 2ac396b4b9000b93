package org.touchstone.intake.waiting;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.touchstone.domain.files.Sha256;

/**
 * An answer in JSON with the entity tag of its bytes. The tag is a weak one: on the way, the bytes
 * may be compressed.
 *
 * @param json the answer
 * @param tag its entity tag
 */
public record Fresh(byte[] json, String tag) {
  private static final int TAG_BYTES = 16;

  /** The answer with these bytes. */
  public static Fresh of(byte[] json) {
    String hex = HexFormat.of().formatHex(Sha256.digest().digest(json), 0, TAG_BYTES);
    return new Fresh(json, "W/\"" + hex + "\"");
  }

  /**
   * Whether the caller has this answer already.
   *
   * @param ifNoneMatch the values of {@code If-None-Match}
   */
  public boolean isKnownTo(List<String> ifNoneMatch) {
    return ifNoneMatch.stream()
        .flatMap(value -> Arrays.stream(value.split(",")))
        .map(String::strip)
        .anyMatch(given -> given.equals("*") || opaque(given).equals(opaque(tag)));
  }

  /** 304 without a body for a caller who has it, or else 200 with it. */
  public Response.ResponseBuilder response(List<String> ifNoneMatch) {
    Response.ResponseBuilder response =
        isKnownTo(ifNoneMatch)
            ? Response.notModified()
            : Response.ok(new String(json, StandardCharsets.UTF_8), MediaType.APPLICATION_JSON);
    return response
        .header(HttpHeaders.ETAG, tag)
        // It may be kept, and must be asked for again.
        .header(HttpHeaders.CACHE_CONTROL, "private, no-cache");
  }

  private static String opaque(String tag) {
    return tag.startsWith("W/") ? tag.substring(2) : tag;
  }
}
