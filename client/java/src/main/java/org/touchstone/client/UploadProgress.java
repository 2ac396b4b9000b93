package org.touchstone.client;

/** Is told how far an upload is. It is called by the thread that sends, so it must be quick. */
@FunctionalInterface
public interface UploadProgress {
  /** Listens to nothing. */
  UploadProgress NONE = (sent, total) -> {};

  /**
   * Some bytes were handed to the connection. An upload that is sent again starts from 0.
   *
   * @param sent bytes so far
   * @param total bytes of the file
   */
  void sent(long sent, long total);
}
