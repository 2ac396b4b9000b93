package org.touchstone.judge.chat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.request.json.JsonStringSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.touchstone.domain.EnvironmentFault;
import org.touchstone.domain.link.WebLink;
import org.touchstone.fetch.Fetcher;
import org.touchstone.judge.cost.Usage;
import org.touchstone.judge.prompt.Rendered;
import org.touchstone.judge.settings.AnswerForm;
import org.touchstone.judge.settings.JudgeSettings;
import org.touchstone.secrets.Secret;

/** A chat endpoint as OpenAI documents it, through langchain4j over the guarded fetcher. */
public final class OpenAiChat implements Chat {
  private static final JsonObjectSchema SCHEMA =
      JsonObjectSchema.builder()
          .addEnumProperty(AnswerTool.LABEL, AnswerTool.labels(), AnswerTool.LABEL_SAYS)
          .addNumberProperty(AnswerTool.PROBABILITY, AnswerTool.PROBABILITY_SAYS)
          .addStringProperty(AnswerTool.RATIONALE, AnswerTool.RATIONALE_SAYS)
          .addProperty(
              AnswerTool.CLAIMS,
              JsonArraySchema.builder()
                  .items(new JsonStringSchema())
                  .description(AnswerTool.CLAIMS_SAYS)
                  .build())
          .required(AnswerTool.REQUIRED)
          .additionalProperties(false)
          .build();

  private final JudgeSettings settings;
  private final Supplier<Optional<Secret>> key;
  private final Fetcher fetcher;
  private final InstantSource clock;

  /**
   * @param key finds the key when it is needed
   */
  public OpenAiChat(JudgeSettings settings, Supplier<Optional<Secret>> key, InstantSource clock) {
    this.settings = settings;
    this.key = key;
    this.fetcher = new Fetcher(FetcherHttpClient.policy(settings.isPrivate()));
    this.clock = clock;
  }

  @Override
  public String host() {
    return WebLink.parse(settings.address()).host();
  }

  @Override
  public Reply ask(Rendered prompt, Deadline deadline) throws ChatException {
    ChatResponse response;
    try {
      response = model(deadline).chat(request(prompt));
    } catch (EnvironmentFault e) {
      throw e;
    } catch (ContentFilteredException e) {
      throw ChatException.refused(Usage.UNKNOWN);
    } catch (RuntimeException e) {
      ChatException failure = HttpFailure.behind(e);
      if (failure != null) {
        throw failure;
      }
      if (EnvironmentFault.behind(e).isPresent()) {
        throw e;
      }
      // The cause is not passed on: its message may quote what was answered.
      throw ChatException.malformed(
          "The judge's server answered in another form than documented.", Usage.UNKNOWN);
    }
    return reply(response);
  }

  private OpenAiChatModel model(Deadline deadline) throws ChatException {
    OpenAiChatModel.OpenAiChatModelBuilder model =
        OpenAiChatModel.builder()
            .httpClientBuilder(new FetcherHttpClient(fetcher, deadline, settings.retries(), clock))
            .baseUrl(settings.address())
            .modelName(settings.model())
            .maxTokens(settings.noTemperature() ? null : settings.maxOutputTokens())
            // Models without a temperature know the newer name of this limit only.
            .maxCompletionTokens(settings.noTemperature() ? settings.maxOutputTokens() : null)
            .temperature(settings.noTemperature() ? null : settings.temperature())
            .strictJsonSchema(true)
            .strictTools(true)
            .logRequests(false)
            .logResponses(false)
            .maxRetries(0);
    if (settings.secret() != null) {
      String value = key.get().map(secret -> secret.value("secret")).orElse(null);
      if (value == null) {
        throw ChatException.notSent("The judge's key is missing.");
      }
      model.apiKey(value);
    }
    return model.build();
  }

  private ChatRequest request(Rendered prompt) {
    ChatRequest.Builder request =
        ChatRequest.builder()
            .messages(SystemMessage.from(prompt.system()), UserMessage.from(prompt.user()));
    if (settings.answer() == AnswerForm.SCHEMA) {
      return request
          .responseFormat(
              ResponseFormat.builder()
                  .type(ResponseFormatType.JSON)
                  .jsonSchema(
                      JsonSchema.builder().name(AnswerTool.NAME).rootElement(SCHEMA).build())
                  .build())
          .build();
    }
    return request
        .toolSpecifications(
            ToolSpecification.builder()
                .name(AnswerTool.NAME)
                .description(AnswerTool.DESCRIPTION)
                .parameters(SCHEMA)
                .build())
        .toolChoice(ToolChoice.REQUIRED)
        .build();
  }

  private Reply reply(ChatResponse response) throws ChatException {
    Usage usage = usage(response.tokenUsage());
    if (response.finishReason() == FinishReason.CONTENT_FILTER) {
      throw ChatException.refused(usage);
    }
    if (response.finishReason() == FinishReason.LENGTH) {
      throw ChatException.malformed("The judge's answer was cut off.", usage);
    }
    if (response.aiMessage() == null) {
      throw ChatException.malformed("The judge gave an empty answer.", usage);
    }
    if (settings.answer() == AnswerForm.SCHEMA) {
      return new Reply(response.aiMessage().text(), response.modelName(), usage);
    }
    List<ToolExecutionRequest> calls = response.aiMessage().toolExecutionRequests();
    if (calls == null || calls.size() != 1 || !AnswerTool.NAME.equals(calls.getFirst().name())) {
      throw ChatException.malformed(
          "The judge did not give its answer in the form asked for.", usage);
    }
    return new Reply(calls.getFirst().arguments(), response.modelName(), usage);
  }

  private static Usage usage(TokenUsage usage) {
    return usage == null || usage.inputTokenCount() == null || usage.outputTokenCount() == null
        ? Usage.UNKNOWN
        : new Usage(
            Math.max(0, usage.inputTokenCount()), Math.max(0, usage.outputTokenCount()), true);
  }

  @Override
  public void close() {
    fetcher.close();
  }
}
