package org.touchstone.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ObjectRemovalTest {
  @RegisterExtension static final TestBucket BUCKET = new TestBucket();

  private static final byte[] BODY = {1};

  @Test
  void removesAllObjectsUnderAPrefixButThoseThatStay() {
    IntStream.range(0, 40).forEach(i -> put("a/" + i));
    put("ab");
    put("b/1");
    ObjectRemoval removal = new ObjectRemoval(BUCKET.client(), BUCKET.name(), false);

    removal.removeAll("a/", key -> key.equals("a/7"));
    removal.removeAll("nothing/");
    removal.remove("nothing");

    assertThat(BUCKET.objects().list("")).containsExactly("a/7", "ab", "b/1");
  }

  @Test
  void removesOldVersionsAndMarkersWhereABucketKeepsThem() throws IOException {
    try (VersionedBucket bucket = new VersionedBucket()) {
      bucket.put("a/request");
      bucket.put("a/x");
      bucket.put("a/x");
      bucket.mark("a/x");
      bucket.put("a/request");
      bucket.put("a/y");
      bucket.put("b");

      bucket.removal().removeAll("a/", key -> key.equals("a/request"));

      assertThat(bucket.left()).containsExactly("a/request@v5", "b@v7");
    }
  }

  @Test
  void removesAllVersionsOfAnObjectAndOfNoOther() throws IOException {
    try (VersionedBucket bucket = new VersionedBucket()) {
      bucket.put("a");
      bucket.put("ab");
      bucket.put("a");
      bucket.mark("a");

      bucket.removal().remove("a");

      assertThat(bucket.left()).containsExactly("ab@v2");
    }
  }

  @Test
  void removesTheOldVersionsOfWhatWasDeletedBefore() throws IOException {
    try (VersionedBucket bucket = new VersionedBucket()) {
      bucket.put("a/request");
      bucket.mark("a/request");

      bucket.removal().removeAll("a/", key -> key.equals("a/request"));

      assertThat(bucket.left()).isEmpty();
    }
  }

  private static void put(String key) {
    BUCKET.objects().put(key, BODY, "text/plain");
  }
}
