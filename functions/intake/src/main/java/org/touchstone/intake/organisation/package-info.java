/** The sign-in of the organisation that runs the deployment. */
package org.touchstone.intake.organisation;
