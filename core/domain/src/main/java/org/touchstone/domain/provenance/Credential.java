package org.touchstone.domain.provenance;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * One manifest: the medium's own, or that of something it was made from.
 *
 * @param manifest its label
 * @param title the medium's title in it; absent when it has none
 * @param mediaType the medium's type in it; absent when it has none
 * @param tools the software that wrote it
 * @param signature who signed it; absent when that cannot be read
 * @param codes what was found about it, by the names of the C2PA specification, each once
 */
public record Credential(
    String manifest,
    String title,
    String mediaType,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> tools,
    CredentialSignature signature,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> codes) {
  public Credential {
    tools = tools == null ? List.of() : List.copyOf(tools);
    codes = codes == null ? List.of() : List.copyOf(codes);
  }
}
