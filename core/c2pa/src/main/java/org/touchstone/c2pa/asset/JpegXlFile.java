package org.touchstone.c2pa.asset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.touchstone.c2pa.jumbf.JumbfException;

/**
 * A JPEG XL file in its container of boxes (ISO 18181-2). Its manifest store is a {@code jumb} box;
 * other {@code jumb} boxes are ordinary parts.
 */
final class JpegXlFile implements Container {
  private static final long SIGNATURE_BOX = 0x0000000C4A584C20L;
  private static final int HEADER = 8;

  private final AssetFile file;
  private final BmffFile boxes;

  JpegXlFile(AssetFile file) {
    this.file = file;
    this.boxes = new BmffFile(file);
  }

  static boolean isJpegXl(AssetFile file) throws IOException {
    return (file.unsignedInt(0) << Integer.SIZE | file.unsignedInt(Integer.BYTES)) == SIGNATURE_BOX;
  }

  @Override
  public Optional<Store> store() throws IOException {
    List<Part> stores = parts().stream().filter(part -> part.name().equals(C2PA_PART)).toList();
    if (stores.isEmpty()) {
      return Optional.empty();
    }
    if (stores.size() > 1) {
      throw JumbfException.malformed("there are several manifest stores");
    }
    Span span = stores.getFirst().span();
    if (span.length() > MAX_STORE_BYTES) {
      throw JumbfException.overLimit("the manifest store is too large");
    }
    return Optional.of(new Store(file.read(span.start(), (int) span.length()), span));
  }

  @Override
  public List<Part> parts() throws IOException {
    List<Part> parts = new ArrayList<>();
    for (BmffBox box : boxes.boxes()) {
      boolean isStore = box.type().equals("jumb") && box.header() == HEADER && isStore(box.span());
      parts.add(new Part(isStore ? C2PA_PART : box.type(), box.span()));
    }
    return parts;
  }

  private boolean isStore(Span span) throws IOException {
    return StoreBox.isStore(file.read(span.start(), (int) Math.min(span.length(), StoreBox.HEAD)));
  }
}
