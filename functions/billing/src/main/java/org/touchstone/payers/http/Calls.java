package org.touchstone.payers.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.touchstone.domain.Json;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;

/** Calls that answer with JSON. An answer has at most 1 MiB; redirects are not followed. */
public final class Calls {
  private static final int MAX_ANSWER = 1 << 20;

  private Calls() {}

  /**
   * An answer.
   *
   * @param status of HTTP
   * @param body a JSON object; an empty one when the answer was something else
   */
  public record Answer(int status, JsonNode body) {
    private static final int OK = 200;
    private static final int FAULTS = 500;

    public boolean isOk() {
      return status == OK;
    }

    /** Whether the service is at fault, so that nobody knows what it did. */
    public boolean isFault() {
      return status >= FAULTS;
    }
  }

  /**
   * Calls a service.
   *
   * @param body null for none
   * @throws IOException when there is no whole answer: nobody knows what the service did
   */
  public static Answer call(SdkHttpClient http, SdkHttpRequest request, byte[] body)
      throws IOException {
    HttpExecuteRequest.Builder call = HttpExecuteRequest.builder().request(request);
    if (body != null) {
      call.contentStreamProvider(() -> new ByteArrayInputStream(body));
    }
    HttpExecuteResponse response = http.prepareRequest(call.build()).call();
    int status = response.httpResponse().statusCode();
    if (response.responseBody().isEmpty()) {
      return new Answer(status, JsonNodeFactory.instance.objectNode());
    }
    try (InputStream in = response.responseBody().get()) {
      byte[] bytes = in.readNBytes(MAX_ANSWER + 1);
      if (bytes.length > MAX_ANSWER) {
        throw new IOException("the answer has more than 1 MiB");
      }
      return new Answer(status, object(status, bytes));
    }
  }

  private static JsonNode object(int status, byte[] bytes) throws IOException {
    JsonNode json;
    try {
      json = Json.mapper().readTree(bytes);
    } catch (IOException e) {
      if (status == Answer.OK) {
        throw e;
      }
      json = null;
    }
    if (json != null && json.isObject()) {
      return json;
    }
    if (status == Answer.OK) {
      throw new IOException("the answer is not a JSON object");
    }
    return JsonNodeFactory.instance.objectNode();
  }
}
