import com.adobe.epubcheck.api.EpubCheck;
import com.adobe.epubcheck.util.WriterReportImpl;
import java.io.File;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Collectors;

/** Checks many EPUB files in one start of Java. A line for each: PASS, or FAIL with its errors and warnings. */
class EpubChecks {
    public static void main(String[] names) {
        PrintStream out = System.out;
        System.setOut(new PrintStream(OutputStream.nullOutputStream())); // what it tells of every file inside
        boolean whole = true;
        for (String name : names) {
            StringWriter said = new StringWriter();
            WriterReportImpl report = new WriterReportImpl(new PrintWriter(said, true));
            new EpubCheck(new File(name), report).doValidate();
            boolean passed = report.getFatalErrorCount() + report.getErrorCount() + report.getWarningCount() == 0;
            whole &= passed;
            String faults = said.toString().lines().filter(line -> !line.startsWith("INFO")).collect(Collectors.joining(" "));
            out.println((passed ? "PASS " : "FAIL ") + name + (passed ? "" : " " + faults));
        }
        System.exit(whole ? 0 : 1);
    }
}
