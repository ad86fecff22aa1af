//! A job array on a real Slurm: its three services, brought up for one test in a temporary folder, on the
//! loopback and on free ports, by whoever runs the test.
//!
//! Needs Debian's slurm-wlm; what the services and the queue said is left in `target/tmp/slurm.txt`.

use super::{is_the_whole, place, shipped};
use crate::program::files;
use crate::tools::{path_with_program, printed, tools};
use splw_sim::report::folder::copy;
use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;
use tempfile::{TempDir, tempdir};

/// Set where Slurm must be there: the test fails where it would skip.
const REQUIRED: &str = "SPLW_SIM_SLURM";

/// How often it is looked at most whether something has come or gone.
const LOOKS: usize = 400;

/// Between two looks.
const PAUSE: Duration = Duration::from_millis(500);

/// A cluster of one machine; it goes down with this value.
struct Slurm {
    conf: PathBuf,
    services: Vec<Child>,
    /// What has been asked of it and what it answered.
    session: String,
    at: TempDir,
}

impl Slurm {
    /// Brings the services up; nothing where they are not installed.
    fn up() -> Option<Self> {
        let names = ["munged", "slurmctld", "slurmd", "sbatch"];
        let [munged, slurmctld, slurmd, _] = tools(REQUIRED, names)?;
        let at = tempdir().expect("a temporary folder");
        let mut slurm = Self {
            conf: configure(at.path()),
            services: Vec::new(),
            session: String::new(),
            at,
        };
        let place = |name: &str| slurm.at.path().join(name).display().to_string();
        let (socket, conf) = (place("munge.socket"), place("slurm.conf"));
        let keeper = [
            "--foreground".to_owned(),
            "--force".to_owned(),
            format!("--key-file={}", place("munge.key")),
            format!("--socket={socket}"),
            format!("--pid-file={}", place("munged.pid")),
            format!("--log-file={}", place("munged.log")),
            format!("--seed-file={}", place("munged.seed")),
        ];
        slurm.start("munged", &munged, &keeper);
        slurm.until_there(Path::new(&socket));
        let service = ["-D".to_owned(), "-f".to_owned(), conf];
        slurm.start("slurmctld", &slurmctld, &service);
        slurm.start("slurmd", &slurmd, &service);
        if !slurm.is_up() {
            // Newer ones want to know that there are no groups of processes to give away, as in a container; older
            // ones do not know the word.
            let cgroup = slurm.at.path().join("cgroup.conf");
            fs::write(cgroup, "CgroupPlugin=disabled\n").expect("written");
            slurm.start("slurmd", &slurmd, &service);
            assert!(
                slurm.is_up(),
                "the machine does not come up:\n{}",
                slurm.told()
            );
        }
        Some(slurm)
    }

    /// Whether the machine takes jobs, as soon as it does; not, when its service has ended.
    fn is_up(&mut self) -> bool {
        for _ in 0..LOOKS {
            let state = self.asked("sinfo", &["--noheader", "--format=%t"]);
            if state.contains("idle") {
                return true;
            }
            let last = self.services.last_mut().expect("the service");
            if last.try_wait().expect("a child").is_some() {
                return false;
            }
            sleep(PAUSE);
        }
        false
    }

    fn start(&mut self, name: &str, program: &Path, arguments: &[String]) {
        let said = fs::File::create(self.at.path().join(format!("{name}.txt"))).expect("a file");
        let child = Command::new(program)
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(said.try_clone().expect("the same file"))
            .stderr(said)
            .spawn()
            .expect("the service starts");
        self.services.push(child);
    }

    /// A command of Slurm's, or one that uses them, in the folder `place`.
    fn command(&self, place: &Path, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command
            .current_dir(place)
            .env("SLURM_CONF", &self.conf)
            .env("PATH", path_with_program());
        command
    }

    /// What a command says, whether it succeeds or not.
    fn asked(&self, program: &str, arguments: &[&str]) -> String {
        let mut command = self.command(self.at.path(), program);
        let output = command.args(arguments).output();
        output.map_or_else(
            |error| error.to_string(),
            |output| String::from_utf8_lossy(&output.stdout).into_owned(),
        )
    }

    fn until_there(&self, path: &Path) {
        for _ in 0..LOOKS {
            if path.exists() {
                return;
            }
            sleep(PAUSE);
        }
        panic!("{} does not come:\n{}", path.display(), self.told());
    }

    /// Types a command and notes it with its answer.
    fn session(&mut self, place: &Path, line: &str) -> String {
        let answer = printed(self.command(place, "bash").args(["-c", line]));
        self.session += &format!("$ {line}\n{answer}");
        answer
    }

    /// Looks until the queue is empty, and notes each state of it.
    fn until_done(&mut self, place: &Path) {
        let mut last = String::new();
        for _ in 0..LOOKS {
            let line = "squeue --format='%8i %15j %10T %r'";
            let queue = printed(self.command(place, "bash").args(["-c", line]));
            if queue != last {
                self.session += &format!("$ {line}\n{queue}");
            }
            if queue.lines().count() < 2 {
                return;
            }
            last = queue;
            sleep(PAUSE);
        }
        panic!("the jobs do not end:\n{}", self.told());
    }

    /// How each job ended, as Slurm has noted it: name and state; at least of so many jobs.
    fn ended(&self, jobs: usize) -> Vec<(String, String)> {
        let notes = || fs::read_to_string(self.at.path().join("jobs.txt")).unwrap_or_default();
        // A job may leave the queue before it is noted.
        let looks = (0..LOOKS).take_while(|_| notes().lines().count() < jobs);
        looks.for_each(|_| sleep(PAUSE));
        let notes = notes();
        let of = |line: &str, key: &str| {
            let word = line.split(' ').find_map(|word| word.strip_prefix(key));
            word.unwrap_or_default().to_owned()
        };
        notes
            .lines()
            .map(|line| (of(line, "Name="), of(line, "JobState=")))
            .collect()
    }

    /// Everything that was said.
    fn told(&self) -> String {
        let names = ["munged", "slurmctld", "slurmd", "jobs"];
        let logs = names.map(|name| {
            let text = fs::read_to_string(self.at.path().join(format!("{name}.txt")));
            format!("\n--- {name}\n{}", text.unwrap_or_default())
        });
        format!("{}{}", self.session, logs.concat())
    }
}

impl Drop for Slurm {
    fn drop(&mut self) {
        // Jobs have to go before the service that watches them.
        self.asked("scancel", &["--user", &user()]);
        for _ in 0..20 {
            if self.asked("squeue", &["--noheader"]).trim().is_empty() {
                break;
            }
            sleep(PAUSE);
        }
        let log = Path::new(env!("CARGO_TARGET_TMPDIR")).join("slurm.txt");
        // A test that fails has something else to tell than that its log is not there.
        let _ = fs::write(log, self.told());
        for service in self.services.iter_mut().rev() {
            let _ = service.kill();
            let _ = service.wait();
        }
    }
}

/// Writes the configuration and a key, and gives the path of the former.
fn configure(at: &Path) -> PathBuf {
    for folder in ["state", "spool"] {
        fs::create_dir(at.join(folder)).expect("a folder");
    }
    let key: Vec<u8> = fs::read("/proc/sys/kernel/random/uuid").expect("a random number");
    let key_file = at.join("munge.key");
    fs::write(&key_file, key.repeat(4)).expect("a key");
    printed(Command::new("chmod").arg("600").arg(&key_file));
    // Slurm knows a machine by its name up to the first dot.
    let host = fs::read_to_string("/proc/sys/kernel/hostname").expect("a name");
    let host = host
        .trim()
        .split('.')
        .next()
        .unwrap_or("localhost")
        .to_owned();
    let [ours, its] = free_ports();
    let (user, at_text) = (user(), at.display());
    let conf = format!(
        "ClusterName=test\n\
         SlurmctldHost={host}(127.0.0.1)\n\
         SlurmUser={user}\nSlurmdUser={user}\n\
         AuthType=auth/munge\nAuthInfo=socket={at_text}/munge.socket\n\
         SlurmctldPort={ours}\nSlurmdPort={its}\n\
         StateSaveLocation={at_text}/state\nSlurmdSpoolDir={at_text}/spool\n\
         SlurmctldPidFile={at_text}/slurmctld.pid\nSlurmdPidFile={at_text}/slurmd.pid\n\
         ProctrackType=proctrack/linuxproc\nTaskPlugin=task/none\nMailProg=/bin/true\n\
         SelectType=select/cons_tres\nSelectTypeParameters=CR_Core\n\
         JobCompType=jobcomp/filetxt\nJobCompLoc={at_text}/jobs.txt\n\
         ReturnToService=2\nSlurmdParameters=config_overrides\n\
         SchedulerParameters=sched_interval=1,bf_interval=1\n\
         NodeName={host} NodeAddr=127.0.0.1 CPUs=4 RealMemory=8000\n\
         PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP\n"
    );
    let path = at.join("slurm.conf");
    fs::write(&path, conf).expect("written");
    path
}

/// Two ports of the loopback that nobody listens to.
fn free_ports() -> [u16; 2] {
    let held = [(); 2].map(|()| TcpListener::bind("127.0.0.1:0").expect("a free port"));
    held.map(|it| it.local_addr().expect("an address").port())
}

fn user() -> String {
    printed(Command::new("id").arg("-un")).trim().to_owned()
}

#[test]
fn a_job_array_makes_the_study_of_one_go() {
    let Some(mut slurm) = Slurm::up() else {
        return;
    };
    let place = place();
    let at = place.path();
    copy(&shipped("."), &at.join("clusters")).expect("copied");
    let told = slurm.session(at, "clusters/slurm.sh study.toml 7 results");
    assert!(told.starts_with("parts: job "), "{told}");
    slurm.until_done(at);
    let ended = slurm.ended(8);
    let state = |name: &str| -> Vec<&str> {
        let of_it = ended.iter().filter(|(job, _)| job == name);
        of_it.map(|(_, state)| state.as_str()).collect()
    };
    assert_eq!(state("splw-sim"), ["COMPLETED"; 7], "{}", slurm.told());
    assert_eq!(state("splw-sim-merge"), ["COMPLETED"], "{}", slurm.told());
    is_the_whole(&place, "results/whole");
    one_part_again(&mut slurm, &place);
    a_part_that_fails(&mut slurm, at);
}

/// One task alone, submitted again: it is the same part, though the array now has one task.
fn one_part_again(slurm: &mut Slurm, place: &TempDir) {
    let at = place.path();
    let part = at.join("results/part-3");
    let before = files(&part);
    fs::remove_dir_all(&part).expect("removed");
    let again = "sbatch --array=3 --output=log.txt clusters/slurm-part.sh study.toml 7 results";
    slurm.session(at, again);
    slurm.until_done(at);
    assert!(before == files(&part), "{}", slurm.told());
}

/// Nothing is joined, and nothing waits for ever, when parts have failed.
fn a_part_that_fails(slurm: &mut Slurm, at: &Path) {
    slurm.session(at, "clusters/slurm.sh no-study.toml 2 failed");
    slurm.until_done(at);
    assert!(!at.join("failed/whole").exists());
    let ended = slurm.ended(12);
    let merge = ended.iter().rfind(|(job, _)| job == "splw-sim-merge");
    let state = merge.map(|(_, state)| state.as_str());
    assert_eq!(state, Some("CANCELLED"), "it never began: {}", slurm.told());
    let said = fs::read_to_string(at.join("failed/log/part-1.txt")).expect("a log");
    assert!(said.contains("no-study.toml"), "{said}");
}
