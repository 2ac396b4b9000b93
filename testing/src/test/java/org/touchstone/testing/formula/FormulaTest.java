package org.touchstone.testing.formula;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormulaTest {
  @ParameterizedTest
  @CsvSource({
    "fc.weight,0,79fb28a75603c7a0,7c11bf81bc004eca,-0.0307084321975708",
    "encoder.features.0.weight,1,dfb85178bfba7274,4c47ba95fe561c85,-0.40406107902526855",
    "vision_model.pre_layrnorm.bias,1023,d5a7ecf0da6316ee,096bf2708b0a1333,-0.9263932704925537",
    "eps,12544,c2f6fe18f0596639,15327e27da640382,-0.8343966007232666",
    "é,314703871,0ac21707b7181e01,388f07cf8bbf4b6d,-0.5581351518630981"
  })
  void givesTheCheckValues(String name, long index, String seed, String bits, double uniform) {
    assertThat(Formula.seed(name)).isEqualTo(Long.parseUnsignedLong(seed, 16));
    assertThat(Formula.bits(Formula.seed(name), index)).isEqualTo(Long.parseUnsignedLong(bits, 16));
    assertThat(Formula.uniform(Formula.seed(name), index)).isEqualTo(uniform);
  }

  @Test
  void givesTheCheckPictures() {
    long[] shape = {2, 4, 5, 3};
    assertThat(Formula.input("input:check", "pattern", shape))
        .startsWith(61, 100, (byte) 160, 6, 83, (byte) 205, 40, 102);
    assertThat(Formula.input("input:check", "contrast", shape))
        .startsWith(0, 44, (byte) 224, 0, 0, (byte) 255, 0, 50);
  }

  @Test
  void givesTheCheckWaveform() {
    short[] expected = {528, 197, 620, 708, 740, -902, 952, -867};
    assertThat(Formula.waveform("input:audio-b", 8)).isEqualTo(expected);
  }

  @Test
  void givesTheCheckNoise() {
    assertThat(Formula.noise(3)).containsExactly(-2.2164435f, -0.005669713f, 0.5925334f);
  }

  @ParameterizedTest
  @CsvSource({
    "genconvit-ed-small,keys,weights_sha256",
    "ftcn-small,keys,weights_sha256",
    "clip-vit-small,keys,weights_sha256",
    "distildire-small,unet_keys,unet_weights_sha256",
    "retinaface,keys,weights_sha256",
    "timm-vit-small,keys,weights_sha256",
    "gend-small,keys,weights_sha256",
    "dinov2-lora-small,keys,weights_sha256",
    "wav2vec2-small,/nets/stable/keys,/nets/stable/weights_sha256",
    "wav2vec2-small,/nets/base/keys,/nets/base/weights_sha256"
  })
  void givesTheReferencesWeightsByteForByte(String network, String keys, String digest)
      throws NoSuchAlgorithmException {
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    for (FormulaTensor tensor : FormulaTensor.of(network, keys)) {
      if (tensor.dtype() == DType.FLOAT32) {
        int count = (int) tensor.elements();
        ByteBuffer bytes = ByteBuffer.allocate(4 * count).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
          bytes.putFloat(tensor.value(i));
        }
        sha256.update(bytes.flip());
      }
    }
    assertThat(HexFormat.of().formatHex(sha256.digest()))
        .isEqualTo(GoldenFile.read(network).at(FormulaTensor.pointer(digest)).asText());
  }
}
