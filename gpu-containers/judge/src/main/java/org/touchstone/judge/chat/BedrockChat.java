package org.touchstone.judge.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.touchstone.domain.Reason;
import org.touchstone.judge.cost.Usage;
import org.touchstone.judge.prompt.Rendered;
import org.touchstone.judge.settings.JudgeSettings;
import software.amazon.awssdk.core.SdkNumber;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClientBuilder;
import software.amazon.awssdk.services.bedrockruntime.model.AccessDeniedException;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConversationRole;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ResourceNotFoundException;
import software.amazon.awssdk.services.bedrockruntime.model.StopReason;
import software.amazon.awssdk.services.bedrockruntime.model.TokenUsage;
import software.amazon.awssdk.services.bedrockruntime.model.ToolUseBlock;

/**
 * Amazon Bedrock's Converse. The request goes to the service's own address with the process'
 * credentials, so there is no key to keep and no address to guard.
 */
public final class BedrockChat implements Chat {
  private final JudgeSettings settings;
  private final BedrockRuntimeClient client;

  public BedrockChat(JudgeSettings settings) {
    this(settings, builder(settings).build());
  }

  BedrockChat(JudgeSettings settings, BedrockRuntimeClient client) {
    this.settings = settings;
    this.client = client;
  }

  /** A client for a description, whose credentials are the process'. */
  static BedrockRuntimeClientBuilder builder(JudgeSettings settings) {
    BedrockRuntimeClientBuilder builder =
        BedrockRuntimeClient.builder()
            .httpClientBuilder(UrlConnectionHttpClient.builder().socketTimeout(settings.time()))
            .overrideConfiguration(
                o -> o.retryStrategy(r -> r.maxAttempts(settings.retries() + 1)));
    if (settings.region() != null) {
      builder.region(Region.of(settings.region()));
    }
    if (settings.address() != null) {
      builder.endpointOverride(URI.create(settings.address()));
    }
    return builder;
  }

  @Override
  public String host() {
    return settings.address() == null
        ? "Amazon Bedrock" + (settings.region() == null ? "" : " in " + settings.region())
        : URI.create(settings.address()).getHost();
  }

  @Override
  public Reply ask(Rendered prompt, Deadline deadline) throws ChatException {
    ConverseRequest request = request(prompt, deadline.left());
    ConverseResponse response;
    try {
      response = client.converse(request);
    } catch (ApiCallTimeoutException e) {
      throw deadline.tooLate();
    } catch (AccessDeniedException e) {
      throw ChatException.lasting(
          Reason.ERROR, "Amazon Bedrock does not allow this account to use the model.");
    } catch (ResourceNotFoundException e) {
      throw ChatException.lasting(Reason.ERROR, "Amazon Bedrock does not know the model.");
    } catch (SdkServiceException e) {
      throw ChatException.lasting(
          e.isThrottlingException() ? Reason.LIMIT_REACHED : Reason.ERROR,
          "Amazon Bedrock answered with status " + e.statusCode() + ".");
    } catch (SdkException e) {
      throw ChatException.lost(Reason.ERROR, "Amazon Bedrock cannot be reached.");
    }
    return reply(response);
  }

  private ConverseRequest request(Rendered prompt, Duration left) {
    return ConverseRequest.builder()
        .modelId(settings.model())
        .system(s -> s.text(prompt.system()))
        .messages(m -> m.role(ConversationRole.USER).content(ContentBlock.fromText(prompt.user())))
        .inferenceConfig(
            c -> {
              c.maxTokens(settings.maxOutputTokens());
              if (!settings.noTemperature()) {
                c.temperature(settings.temperature().floatValue());
              }
            })
        .toolConfig(
            t ->
                t.tools(
                        tool ->
                            tool.toolSpec(
                                spec ->
                                    spec.name(AnswerTool.NAME)
                                        .description(AnswerTool.DESCRIPTION)
                                        .inputSchema(s -> s.json(document(AnswerTool.schema())))))
                    .toolChoice(c -> c.tool(forced -> forced.name(AnswerTool.NAME))))
        .overrideConfiguration(o -> o.apiCallTimeout(left))
        .build();
  }

  private Reply reply(ConverseResponse response) throws ChatException {
    TokenUsage tokens = response.usage();
    Usage usage =
        tokens == null || tokens.inputTokens() == null || tokens.outputTokens() == null
            ? Usage.UNKNOWN
            : new Usage(
                Math.max(0, tokens.inputTokens()), Math.max(0, tokens.outputTokens()), true);
    StopReason stop = response.stopReason();
    if (stop == StopReason.GUARDRAIL_INTERVENED || stop == StopReason.CONTENT_FILTERED) {
      throw ChatException.refused(usage);
    }
    if (stop == StopReason.MAX_TOKENS) {
      throw ChatException.malformed("The judge's answer was cut off.", usage);
    }
    List<ToolUseBlock> calls =
        response.output() == null || response.output().message() == null
            ? List.of()
            : response.output().message().content().stream()
                .map(ContentBlock::toolUse)
                .filter(call -> call != null)
                .toList();
    if (calls.size() != 1 || !AnswerTool.NAME.equals(calls.getFirst().name())) {
      throw ChatException.malformed(
          "The judge did not give its answer in the form asked for.", usage);
    }
    return new Reply(json(calls.getFirst().input()).toString(), settings.model(), usage);
  }

  /** A value of maps, lists, texts, truth values and numbers as the SDK's document. */
  private static Document document(Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        Map<String, Document> fields = new LinkedHashMap<>();
        map.forEach((name, field) -> fields.put((String) name, document(field)));
        yield Document.fromMap(fields);
      }
      case List<?> list -> Document.fromList(list.stream().map(BedrockChat::document).toList());
      case Boolean truth -> Document.fromBoolean(truth);
      case Number number -> Document.fromNumber(SdkNumber.fromString(number.toString()));
      default -> Document.fromString((String) value);
    };
  }

  private static JsonNode json(Document document) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    if (document == null || document.isNull()) {
      return nodes.nullNode();
    }
    if (document.isMap()) {
      var object = nodes.objectNode();
      document.asMap().forEach((name, value) -> object.set(name, json(value)));
      return object;
    }
    if (document.isList()) {
      var array = nodes.arrayNode();
      document.asList().forEach(value -> array.add(json(value)));
      return array;
    }
    if (document.isBoolean()) {
      return nodes.booleanNode(document.asBoolean());
    }
    return document.isNumber()
        ? nodes.numberNode(document.asNumber().bigDecimalValue())
        : nodes.textNode(document.asString());
  }

  @Override
  public void close() {
    client.close();
  }
}
