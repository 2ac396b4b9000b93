package org.touchstone.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.touchstone.storage.Samples.SCORED;
import static org.touchstone.storage.Samples.SHA256;

import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.touchstone.domain.Compute;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.Modality;
import org.touchstone.storage.EvidenceStore.Kind;

class EvidenceStoreTest {
  @RegisterExtension static final TestBucket BUCKET = new TestBucket();

  private static final String ID = "0123456789abcdefghjkmnpqrs";
  private static final String MEDIA = MediaItem.idOf(SHA256);
  private static final byte[] CONTENT = {1, 2, 3};

  private EvidenceStore store;

  @BeforeEach
  void openBucket() {
    store = new EvidenceStore(BUCKET.objects(), Compute.GPU);
  }

  @Test
  void keepsEvidenceBesideTheReportAndCopiesItToAnAnalysis() {
    String kept = keep(Kind.peakFrame(1)).orElseThrow();

    Optional<String> attached =
        store.attach(kept, ID, MEDIA, Modality.VIDEO, "metadata", Kind.peakFrame(1));

    assertThat(kept).isEqualTo("reports/" + SHA256 + "/video/metadata/1.peak-2.jpg");
    assertThat(attached)
        .contains("analyses/" + ID + "/evidence/" + MEDIA + "/video-metadata.peak-2.jpg");
    assertThat(BUCKET.objects().read(attached.get()).orElseThrow().body()).isEqualTo(CONTENT);
    assertThat(BUCKET.objects().head(attached.get()).orElseThrow().contentType())
        .isEqualTo("image/jpeg");
  }

  @Test
  void doingItTwiceChangesNothing() {
    assertThat(keep(Kind.HEAT_MAP)).isEqualTo(keep(Kind.HEAT_MAP));
    assertThat(keep(Kind.peakFrame(0))).isNotEqualTo(keep(Kind.HEAT_MAP));
    assertThat(BUCKET.objects().list("reports/")).hasSize(2);
  }

  @Test
  void attachesNothingThatIsGoneOrOfAnotherKind() {
    String kept = keep(Kind.peakFrame(0)).orElseThrow();

    assertThat(store.attach(kept, ID, MEDIA, Modality.VIDEO, "metadata", Kind.HEAT_MAP)).isEmpty();
    assertThat(
            store.attach(
                "media/" + SHA256 + ".peak-1.jpg",
                ID,
                MEDIA,
                Modality.VIDEO,
                "metadata",
                Kind.peakFrame(0)))
        .isEmpty();
    BUCKET.objects().delete(kept);
    assertThat(store.attach(kept, ID, MEDIA, Modality.VIDEO, "metadata", Kind.peakFrame(0)))
        .isEmpty();
  }

  @Test
  void keepsNothingOfAModelWithoutAVersion() {
    assertThat(
            store.keep(
                SHA256, Modality.VIDEO, SCORED.withModelVersion(null), Kind.HEAT_MAP, CONTENT))
        .isEmpty();
    assertThatThrownBy(() -> Kind.peakFrame(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  private Optional<String> keep(Kind kind) {
    return store.keep(SHA256, Modality.VIDEO, SCORED, kind, CONTENT);
  }
}
