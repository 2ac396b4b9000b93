package org.touchstone.acceptance;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.touchstone.billing.Spending;
import org.touchstone.storage.AnalysisDeletion;
import org.touchstone.storage.AnalysisStore;
import org.touchstone.storage.BatchLinks;
import org.touchstone.storage.DeletionQueue;
import org.touchstone.storage.DeliveryStore;
import org.touchstone.storage.Executions;
import org.touchstone.storage.MediaDisposal;
import org.touchstone.storage.MediaReferences;
import org.touchstone.storage.ObjectRemoval;
import org.touchstone.storage.ObjectStore;
import org.touchstone.storage.ShareStore;
import software.amazon.awssdk.services.sfn.SfnClient;

/**
 * Wires the deletion of analyses, which stops what was started and settles what was reserved.
 * Configuration: {@code touchstone.state-machine-arn}, the analysis workflow.
 */
@ApplicationScoped
public class DeletionBeans {
  @Produces
  @Singleton
  AnalysisDeletion deletion(
      ObjectStore objects,
      AnalysisStore analyses,
      DeletionQueue queue,
      ObjectRemoval removal,
      Spending spending,
      SfnClient stepFunctions,
      @ConfigProperty(name = "touchstone.state-machine-arn") String stateMachineArn,
      InstantSource clock) {
    MediaReferences references = new MediaReferences(objects, clock);
    return new AnalysisDeletion(
        analyses,
        queue,
        removal,
        references,
        new MediaDisposal(objects, removal, references, clock),
        new DeliveryStore(objects),
        new ShareStore(objects, new SecureRandom()),
        new BatchLinks(objects, removal),
        new Executions(stepFunctions, stateMachineArn),
        new DeletionSettlement(analyses, spending, clock),
        clock);
  }
}
