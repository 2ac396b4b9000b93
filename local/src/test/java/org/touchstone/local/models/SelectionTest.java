package org.touchstone.local.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.local.models.Selection.Consent;
import org.touchstone.local.models.Selection.LeftOut;
import org.touchstone.local.models.Selection.Why;
import org.touchstone.models.catalogue.CatalogueEntry;
import org.touchstone.models.catalogue.RefusedModels;

class SelectionTest {
  private static final String FILES = "'files': [{'name': 'a.pth', 'url': '%s', 'maxBytes': 9}]";
  private static final Consent NONE = new Consent(Set.of(), false, false, false, entry -> false);

  @TempDir Path work;

  @Test
  void whatContradictsALicenceMustBeAcceptedByNameAndTheOthersGoOn() throws IOException {
    CatalogueEntry free = entry("free", "");
    CatalogueEntry torn = entry("torn", "'licences': {'weights': 'MIT', 'conflict': 'NC code'},");
    Selection selection = select(NONE, free, torn);
    assertThat(selection.install()).containsExactly(free);
    assertThat(selection.leftOut()).containsExactly(new LeftOut(torn, Why.CONFLICT, "NC code"));

    Consent blanket = new Consent(Set.of(), true, false, false, entry -> false);
    assertThat(select(blanket, torn).install()).isEmpty();
    Consent named = new Consent(Set.of("torn"), false, false, false, entry -> false);
    assertThat(select(named, torn).install()).containsExactly(torn);
  }

  @Test
  void disputedOnesAreLeftOutWhereOnlyUndisputedOnesAreWanted() throws IOException {
    CatalogueEntry upload = entry("upload", "'disputed': 'not by the authors',");
    CatalogueEntry torn = entry("torn", "'licences': {'weights': 'MIT', 'conflict': 'NC code'},");
    assertThat(select(NONE, upload).install()).containsExactly(upload);
    Consent strict = new Consent(Set.of("torn"), true, true, false, entry -> true);
    assertThat(select(strict, upload, torn).leftOut())
        .extracting(LeftOut::why)
        .containsExactly(Why.DISPUTED, Why.DISPUTED);
  }

  @Test
  void aRestrictionIsAcceptedByNameOrForAll() throws IOException {
    CatalogueEntry research = entry("research", "'restriction': 'No commerce.',");
    assertThat(select(NONE, research).leftOut().getFirst().why()).isEqualTo(Why.RESTRICTED);
    for (Consent consent :
        List.of(
            new Consent(Set.of(), true, false, false, entry -> false),
            new Consent(Set.of("research"), false, false, false, entry -> false))) {
      assertThat(select(consent, research).install()).containsExactly(research);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://huggingface.co/dima806/deepfake_vs_real_image_detection/resolve/main/a.pth",
        "https://mirror.example/hf/prithivMLmods/Deep-Fake-Detector-Model/resolve/1/a.pth",
        "https://huggingface.co/buildborderless/CommunityForensics-DeepfakeDet-ViT/resolve/main/a"
      })
  void popularModelsThatAreBrokenAreRefusedWithTheReason(String url) throws IOException {
    CatalogueEntry broken = entry("broken", "", url);
    LeftOut leftOut = select(NONE, broken).leftOut().getFirst();
    assertThat(leftOut.why()).isEqualTo(Why.REFUSED);
    assertThat(leftOut.reason()).contains("Found by");
    Consent force = new Consent(Set.of(), false, false, true, entry -> false);
    assertThat(select(force, broken).install()).containsExactly(broken);
  }

  @Test
  void theRevisionInWhichAModelWasMendedIsNotRefused() throws IOException {
    CatalogueEntry mended =
        entry(
            "mended",
            "",
            "https://huggingface.co/buildborderless/CommunityForensics-DeepfakeDet-ViT/resolve/"
                + "ac6ee457bea904a373065754107451793b56db00/a.pth");
    assertThat(select(NONE, mended).install()).containsExactly(mended);
  }

  @Test
  void aRefusedModelIsKnownByItsName() {
    RefusedModels refused = RefusedModels.bundled();
    assertThat(refused.named("MelodyMachine/Deepfake-audio-detection-V2")).isPresent();
    assertThat(refused.named("vit_deepfake_detection")).isPresent();
    assertThat(refused.named("commfor-lowq")).isEmpty();
  }

  @Test
  void anAcceptanceIsRecordedAndHoldsForThatTextOnly() throws IOException {
    CatalogueEntry research = entry("research", "'restriction': 'No commerce.',");
    Acceptances acceptances = new Acceptances(work.resolve("models"));
    assertThat(acceptances.holdFor(research)).isFalse();
    acceptances.add(research);
    acceptances.add(research);
    assertThat(acceptances.holdFor(research)).isTrue();
    assertThat(new Acceptances(work.resolve("models")).holdFor(research)).isTrue();
    assertThat(acceptances.holdFor(entry("research", "'restriction': 'No use.',"))).isFalse();
    String json = Files.readString(work.resolve("models/.accepted-licences.json"));
    assertThat(json).containsOnlyOnce("acceptedAt").contains("licenceSha256", "No commerce.");
    Files.writeString(work.resolve("models/.accepted-licences.json"), "[{");
    assertThat(acceptances.holdFor(research)).isFalse();
    acceptances.add(research);
    assertThat(acceptances.holdFor(research)).isTrue();
    try (Stream<Path> files = Files.list(work.resolve("models"))) {
      assertThat(files).anyMatch(path -> path.toString().contains(".json.damaged-"));
    }
  }

  private static Selection select(Consent consent, CatalogueEntry... entries) {
    return Selection.of(List.of(entries), consent, RefusedModels.bundled());
  }

  private CatalogueEntry entry(String name, String more) throws IOException {
    return entry(name, more, "https://hub.example/a.pth");
  }

  private CatalogueEntry entry(String name, String more, String url) throws IOException {
    String licence = more.contains("licences") ? "" : "'licence': 'MIT',";
    String json =
        "{'models': [{'name': '%s', 'detector': 'ufd', 'homepage': 'h', %s %s %s}]}"
            .formatted(name, licence, more, FILES.formatted(url));
    return Catalogues.read(
            Files.writeString(work.resolve("catalogue.json"), json.replace('\'', '"')))
        .find(name)
        .orElseThrow();
  }
}
