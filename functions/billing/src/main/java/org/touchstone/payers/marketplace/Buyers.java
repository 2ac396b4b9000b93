package org.touchstone.payers.marketplace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.util.Set;
import java.util.regex.Pattern;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.account.Payer;
import org.touchstone.payers.http.Calls;
import software.amazon.awssdk.core.exception.SdkException;

/** Who a buyer is that AWS Marketplace sends with a registration token. */
public final class Buyers {
  private static final int MAX_TOKEN = 8192;
  private static final Pattern AWS_ACCOUNT = Pattern.compile("\\d{12}");
  private static final Pattern LICENCE = Pattern.compile("[A-Za-z0-9:_/+=,@.-]{1,2048}");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,255}");
  private static final Set<String> FALSE_TOKENS =
      Set.of("InvalidTokenException", "ValidationException", "SerializationException");

  private final MeteringApi api;
  private final String productCode;

  /**
   * @param productCode the operator's product
   */
  public Buyers(MeteringApi api, String productCode) {
    this.api = api;
    this.productCode = productCode;
  }

  /**
   * The buyer that a token names.
   *
   * @throws ProblemException when the token is unknown or too old, names another product, or nobody
   *     can say
   */
  public Payer.Marketplace resolve(String token) {
    if (token == null || token.isBlank() || token.length() > MAX_TOKEN) {
      throw new ProblemException(ProblemType.PURCHASE_INVALID);
    }
    Calls.Answer answer;
    try {
      answer =
          api.call(
              "ResolveCustomer",
              JsonNodeFactory.instance.objectNode().put("RegistrationToken", token));
    } catch (IOException | SdkException e) {
      throw new ProblemException(ProblemType.PURCHASE_UNAVAILABLE);
    }
    if (!answer.isOk()) {
      String error = MeteringApi.error(answer);
      if (FALSE_TOKENS.contains(error)) {
        throw new ProblemException(ProblemType.PURCHASE_INVALID);
      }
      throw new ProblemException(
          error.equals("ExpiredTokenException")
              ? ProblemType.PURCHASE_EXPIRED
              : ProblemType.PURCHASE_UNAVAILABLE);
    }
    Payer.Marketplace buyer =
        new Payer.Marketplace(
            text(answer.body(), "CustomerAWSAccountId", AWS_ACCOUNT, true),
            text(answer.body(), "LicenseArn", LICENCE, false),
            text(answer.body(), "ProductCode", NAME, true),
            text(answer.body(), "CustomerIdentifier", NAME, false));
    if (!buyer.productCode().equals(productCode)) {
      throw new ProblemException(
          ProblemType.PURCHASE_INVALID, "The purchase is of another product.");
    }
    return buyer;
  }

  private static String text(JsonNode answer, String field, Pattern form, boolean required) {
    String text = answer.path(field).asText("");
    if (text.isEmpty() && !required) {
      return null;
    }
    if (!form.matcher(text).matches()) {
      throw new ProblemException(ProblemType.PURCHASE_UNAVAILABLE);
    }
    return text;
  }
}
