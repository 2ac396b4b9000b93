package org.touchstone.partners.voter;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.touchstone.partners.expression.Expression;

/**
 * One request to a voter. Its texts hold the placeholders of {@link Placeholders}.
 *
 * @param method GET, POST, PUT or DELETE
 * @param url the address
 * @param headers headers to send
 * @param query parameters to add to the address
 * @param form fields of a form; empty without one
 * @param json the body; null for another or none
 * @param send how the medium is sent; null when this request does not send it
 * @param file the part of a form that holds the file; null unless it is sent so
 * @param keep values of the answer that later requests need, by the names they use
 */
public record Step(
    String method,
    String url,
    Map<String, String> headers,
    Map<String, String> query,
    Map<String, String> form,
    JsonNode json,
    Sending send,
    String file,
    Map<String, Expression> keep) {

  public Step {
    headers = Map.copyOf(headers);
    query = Map.copyOf(query);
    form = Map.copyOf(form);
    keep = Map.copyOf(keep);
  }
}
