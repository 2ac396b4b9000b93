package org.touchstone.c2pa.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.touchstone.c2pa.binding.Binding;
import org.touchstone.c2pa.jumbf.Cbor;
import org.touchstone.c2pa.jumbf.JumbfBox;
import org.touchstone.c2pa.jumbf.JumbfException;

/** A manifest as it lies in its box: claims, a signature and assertions, none of them checked. */
final class Manifest {
  /** Label of the signature's box. */
  static final String SIGNATURE = "c2pa.signature";

  private static final String CLAIM = "c2pa.claim";
  private static final String CLAIM_2 = "c2pa.claim.v2";

  private final JumbfBox box;
  private final Map<String, JumbfBox> assertions = new LinkedHashMap<>();

  Manifest(JumbfBox box) {
    this.box = box;
    assertionStore()
        .map(JumbfBox::children)
        .orElse(List.of())
        .forEach(assertion -> assertions.putIfAbsent(assertion.label(), assertion));
  }

  String label() {
    return box.label();
  }

  JumbfBox box() {
    return box;
  }

  /** Whether it only adds to what its parent says, and leaves the asset as it is. */
  boolean isUpdate() {
    return BoxType.UPDATE_MANIFEST.isOf(box);
  }

  /** The boxes of claims, of which there must be one. */
  List<JumbfBox> claims() {
    return box.children().stream()
        .filter(child -> child.label().equals(CLAIM) || child.label().equals(CLAIM_2))
        .filter(BoxType.CLAIM::isOf)
        .toList();
  }

  static int version(JumbfBox claim) {
    return claim.label().equals(CLAIM_2) ? 2 : 1;
  }

  Optional<JumbfBox> signatureBox() {
    return box.child(SIGNATURE).filter(BoxType.SIGNATURE::isOf);
  }

  private Optional<JumbfBox> assertionStore() {
    return box.child("c2pa.assertions").filter(BoxType.ASSERTION_STORE::isOf);
  }

  /** The boxes of assertions by their labels, in the order of the manifest. */
  Map<String, JumbfBox> assertions() {
    return assertions;
  }

  /** Whether two assertions share a label, so that a reference to it says nothing. */
  boolean hasTwins() {
    return assertionStore().map(store -> store.children().size()).orElse(0) != assertions.size();
  }

  /**
   * An assertion's CBOR or JSON; a missing node when it is something else, such as a thumbnail.
   *
   * @throws JumbfException when it cannot be read
   */
  static JsonNode node(JumbfBox assertion) throws JumbfException {
    Optional<ByteBuffer> cbor = assertion.content("cbor");
    if (cbor.isPresent()) {
      return Cbor.read(cbor.get());
    }
    Optional<ByteBuffer> json = assertion.content("json");
    return json.isPresent() ? Cbor.readJson(json.get()) : MissingNode.getInstance();
  }

  /** Whether an assertion's content was overwritten with zeros when it was redacted. */
  static boolean isZero(JumbfBox assertion) {
    return assertion.contents().stream()
        .filter(content -> !content.type().equals("free"))
        .allMatch(content -> isZero(content.data().duplicate()));
  }

  private static boolean isZero(ByteBuffer data) {
    while (data.hasRemaining()) {
      if (data.get() != 0) {
        return false;
      }
    }
    return true;
  }

  /** Labels of its hard bindings. */
  List<String> hardBindings() {
    return assertions.keySet().stream().filter(Binding::isHard).toList();
  }

  /** Whether a label is that of a kind of assertion, in any version and any instance. */
  static boolean isOf(String label, String kind) {
    return label.equals(kind) || label.startsWith(kind + ".v") || label.startsWith(kind + "__");
  }
}
