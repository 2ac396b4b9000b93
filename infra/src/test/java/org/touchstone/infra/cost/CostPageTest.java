package org.touchstone.infra.cost;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.touchstone.infra.Deployment;
import org.touchstone.infra.cost.PriceList.Workload;

class CostPageTest {
  private static final PriceList PRICES = PriceList.bundled();

  @Test
  void pageIsWhatTheCommandPrints() {
    assertThat(Deployment.root().resolve("docs/cost.md")).hasContent(CostPage.render());
  }

  @Test
  void idleStaysBelowSevenAndAHalfDollarsAMonth() {
    Workload idle = PRICES.workloads().getFirst();

    assertThat(idle.analyses()).isZero();
    assertThat(Bill.of(PRICES, idle, Way.CPU).afterFree()).isLessThan(7.5);
  }

  @Test
  void aLightMonthCostsLessThan17DollarsInTheCpuLane() {
    Workload light = PRICES.workloads().get(1);

    assertThat(light.images()).isEqualTo(1000);
    assertThat(light.videos()).isEqualTo(300);
    assertThat(Bill.of(PRICES, light, Way.CPU).list()).isLessThan(17);
  }

  @Test
  void hasOneLineForEachPriceAndSaysWhatLeavingOutTheDashboardSaves() {
    String page = CostPage.render();

    assertThat(page).contains("`dashboard: false` saves 3.00 USD a month");
    assertThat(page.lines().filter(line -> line.matches("\\| \\[.*]\\(https.*"))).hasSize(20);
  }

  @Test
  void anAnalysisTakesThePathThroughTheWorkflowThatIsCounted() {
    JsonNode states =
        Deployment.json(Deployment.root().resolve("statemachine/analysis.asl.json")).path("States");
    List<String> path = Transitions.ONCE;

    for (int i = 0; i + 1 < path.size(); i++) {
      JsonNode state = states.path(path.get(i));
      List<String> next = state.findValuesAsText("Next");
      next.add(state.path("Default").asText());
      assertThat(next).as(path.get(i)).contains(path.get(i + 1));
    }
    assertThat(states.path(path.getLast()).path("Type").asText()).isEqualTo("Succeed");
    JsonNode detect = states.path("Detect");
    for (String inner : Transitions.PER_JOB) {
      JsonNode processor = detect.path("ItemProcessor");
      assertThat(processor.path("StartAt").asText()).isEqualTo(inner);
      detect = processor.path("States").path(inner);
      assertThat(detect.path("End").asBoolean()).isTrue();
    }
    assertThat(Transitions.of(1, 2)).isEqualTo(12);
  }

  @Test
  void jobsThatComeOneAtATimeAreMuchDearerOnAGpu() {
    Workload light = PRICES.workloads().get(1);

    assertThat(Bill.of(PRICES, light, Way.GPU_FROM_ZERO).list())
        .isGreaterThan(3 * Bill.of(PRICES, light, Way.CPU).list());
  }

  @Test
  void gpuIsPaidForAllHoursInWhichJobsFollowSoonerThanItEnds() {
    GpuLane lane = new GpuLane(PRICES);
    // Ten analyses in 100 hours, then one every six minutes.
    Workload rare = new Workload("", 10, 0, 0, 100, 10);
    Workload often = new Workload("", 1000, 0, 0, 100, 10);

    assertThat(lane.hoursFromZero(rare)).isEqualTo(10 * 0.5 + lane.workingHours(rare));
    assertThat(lane.hoursFromZero(often)).isEqualTo(100 + 10 * 0.5);
    assertThat(lane.hoursKept(rare)).isEqualTo(100);
  }

  @Test
  void instancesOfTheCpuLaneStartAnewUnlessTheNextJobComesSoon() {
    CpuLane lane = new CpuLane(PRICES);
    Workload rare = new Workload("", 100, 100, 1, 100, 10);
    Workload often = new Workload("", 1000, 1000, 1, 100, 10);

    assertThat(lane.starts(rare)).isEqualTo(300);
    assertThat(lane.seconds(rare))
        .isEqualTo(
            200 * lane.coldPictureSeconds()
                + 100 * lane.coldSoundSeconds()
                + 100 * (lane.imageSeconds() + lane.videoSeconds(1) + lane.soundSeconds(1)));
    assertThat(lane.starts(often)).isZero();
    assertThat(lane.seconds(often)).isEqualTo(lane.workingSeconds(often));
  }

  @Test
  void workIsFasterOnMoreCoresThanItWasMeasuredOnButLessThanInProportion() {
    CpuLane lane = new CpuLane(PRICES);

    assertThat(lane.vcpus()).isGreaterThan(PRICES.measured("cores"));
    assertThat(lane.work(10))
        .isLessThan(10)
        .isGreaterThan(10 * PRICES.measured("cores") / lane.vcpus());
  }

  @Test
  void firstVerdictIsTheSumOfItsSteps() {
    double sum = PRICES.firstVerdict().stream().mapToDouble(PRICES::seconds).sum();

    assertThat(CostPage.render()).contains("| **together** | **" + Figures.rounded(sum) + "** |");
    assertThat(sum).isLessThan(35);
  }

  @Test
  void addsUpQuantitiesTimesPrices() {
    Bill bill = Bill.marginal(PRICES, 1000, 0, 0, true);

    assertThat(bill.lines())
        .filteredOn(line -> line.name().equals("state-transition"))
        .singleElement()
        .satisfies(line -> assertThat(line.list()).isEqualTo(10_000 * 0.000025));
    assertThat(bill.list()).isEqualTo(bill.lines().stream().mapToDouble(Bill.Line::list).sum());
  }

  @Test
  void whatIsFreeIsNeverPaidBack() {
    for (Workload work : PRICES.workloads()) {
      assertThat(Bill.of(PRICES, work, Way.CPU).lines())
          .allSatisfy(line -> assertThat(line.afterFree()).isBetween(0.0, line.list()));
    }
  }
}
