/** The workflow of one analysis, and the bus on which its end is announced. */
package org.touchstone.infra.workflow;
