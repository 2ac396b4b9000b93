package org.touchstone.endpoint.http;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.worker.DetectionResult;

/**
 * Predictions on a file, which is the body itself, whatever kind of medium its type claims, is the
 * part {@code file} of a form, or is named in JSON. SageMaker calls {@code /invocations}.
 */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public class PredictResource {
  private final Predictions predictions;

  public PredictResource(Predictions predictions) {
    this.predictions = predictions;
  }

  @POST
  @Path("{path:predict|invocations}")
  @Consumes(MediaType.APPLICATION_JSON)
  public DetectionResult predictNamed(PredictRequest request)
      throws IOException, InterruptedException {
    return predictions.predict(request, Optional.empty());
  }

  @POST
  @Path("{path:predict|invocations}")
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  public DetectionResult predictSent(@RestForm("file") FileUpload file)
      throws IOException, InterruptedException {
    return predictions.predict(sent(file), Optional.empty());
  }

  @POST
  @Path("{path:predict|invocations}")
  @Consumes({"image/*", "video/*", "audio/*", MediaType.APPLICATION_OCTET_STREAM})
  public DetectionResult predictBytes(InputStream body) throws IOException, InterruptedException {
    return predictions.predict(body, Optional.empty());
  }

  @POST
  @Path("predict/{detector}")
  @Consumes({"image/*", "video/*", "audio/*", MediaType.APPLICATION_OCTET_STREAM})
  public DetectionResult predictBytes(@PathParam("detector") String detector, InputStream body)
      throws IOException, InterruptedException {
    return predictions.predict(body, Optional.of(detector));
  }

  @POST
  @Path("predict/{detector}")
  @Consumes(MediaType.APPLICATION_JSON)
  public DetectionResult predictNamed(
      @PathParam("detector") String detector, PredictRequest request)
      throws IOException, InterruptedException {
    return predictions.predict(request, Optional.of(detector));
  }

  @POST
  @Path("predict/{detector}")
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  public DetectionResult predictSent(
      @PathParam("detector") String detector, @RestForm("file") FileUpload file)
      throws IOException, InterruptedException {
    return predictions.predict(sent(file), Optional.of(detector));
  }

  private static java.nio.file.Path sent(FileUpload file) {
    if (file == null) {
      throw new ProblemException(
          ProblemType.REQUEST_INVALID, "The form must have a part named file that holds a file.");
    }
    return file.uploadedFile();
  }
}
