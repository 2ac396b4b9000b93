package org.touchstone.client.model;

import java.util.List;

/**
 * One manifest, of the medium itself or of something it was made from.
 *
 * @param manifest its label
 * @param title the medium's title in it; absent when it has none
 * @param mediaType the medium's type in it; absent when it has none
 * @param tools the software that wrote it; left out of the JSON when it is not said
 * @param signature who signed it; absent when that cannot be read
 * @param codes what was found about it, by the names of the C2PA specification, each once; left out
 *     of the JSON when there is nothing
 */
public record Credential(
    String manifest,
    String title,
    String mediaType,
    List<String> tools,
    CredentialSignature signature,
    List<String> codes) {
  public Credential {
    tools = tools == null ? List.of() : List.copyOf(tools);
    codes = codes == null ? List.of() : List.copyOf(codes);
  }
}
