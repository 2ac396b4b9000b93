package org.touchstone.judge.settings;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How the form of an answer is enforced. */
public enum AnswerForm {
  /** By the call of a tool that the model must make. */
  @JsonProperty("tool")
  TOOL,
  /** By a JSON schema of the reply, for servers that cannot force a tool. */
  @JsonProperty("schema")
  SCHEMA
}
